using System.Diagnostics;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Devices.Feed;

/// <summary>One open page: takes what is new when it is ready, everything since the last time together.</summary>
internal sealed class FeedSubscription(
    Func<IReadOnlyList<FeedChange>, Task> handler, Action<FeedSubscription> remove, Action<Exception> failed) : IDisposable
{
    /// <summary>More than that at once is not read one by one.</summary>
    private const int Most = 100;

    private readonly Lock _lock = new();
    private List<FeedChange> _waiting = [];
    private bool _running;
    private bool _gone;

    /// <summary>Leaves a change for the page; never waits.</summary>
    public void Offer(FeedChange change)
    {
        lock (_lock)
        {
            if (_gone)
            {
                return;
            }

            if (_waiting.Count == Most)
            {
                _waiting = [new FeedChange(change.UserId, FeedKind.Everything)];
            }

            _waiting.Add(change);
            if (_running)
            {
                return;
            }

            _running = true;
        }

        _ = Task.Run(RunAsync);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _gone = true;
            _waiting = [];
        }

        remove(this);
    }

    private async Task RunAsync()
    {
        while (Take() is { } changes)
        {
            // The trace of the newest delivery goes on; the others are told together with it.
            using var activity = changes.FindLast(change => change.Cause is not null) is { Cause: { } cause } ? PortalActivity.StartOf("page.refresh", ActivityKind.Consumer, cause) : null;
            try
            {
                await handler(changes);
            }
            catch (Exception exception)
            {
                failed(exception);
            }
        }
    }

    private List<FeedChange>? Take()
    {
        lock (_lock)
        {
            _running = _waiting.Count > 0;
            if (!_running)
            {
                return null;
            }

            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }
}
