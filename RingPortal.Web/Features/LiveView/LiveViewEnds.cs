using RingPortal.Data;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Hosting;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.LiveView;

/// <summary>Ends live views from anywhere: decides it, tells the pages, and has Ring told.</summary>
public sealed class LiveViewEnds
{
    private readonly IServiceScopeFactory _scopes;
    private readonly LiveSessions _sessions;
    private readonly FeedOutlet _feed;
    private readonly WorkWake _wake;

    internal LiveViewEnds(IServiceScopeFactory scopes, LiveSessions sessions, FeedOutlet feed, WorkWake wake) =>
        (_scopes, _sessions, _feed, _wake) = (scopes, sessions, feed, wake);

    /// <summary>A person signed out: nothing of theirs goes on.</summary>
    public async Task EndForPersonAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateBackgroundScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var ended = await _sessions.EndAsync(context, new LiveSelection { UserId = userId }, LiveEnd.SignedOut, cancellationToken);
        Tell(ended);
        foreach (var device in ended.Select(one => one.DeviceId))
        {
            _wake.EndLiveSessions(device);
        }
    }

    /// <summary>A link is about to end: Ring is told while its tokens still live.</summary>
    public async Task EndForLinkAsync(Guid ringTokenId, CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateBackgroundScope();
        var (context, ender) = (scope.ServiceProvider.GetRequiredService<RingPortalContext>(), scope.ServiceProvider.GetRequiredService<LiveSessionEnder>());
        var ended = await _sessions.EndAsync(context, new LiveSelection { RingTokenId = ringTokenId }, LiveEnd.Removed, cancellationToken);
        Tell(ended);
        foreach (var one in ended)
        {
            await ender.EndAsync(one.Id, cancellationToken);
        }
    }

    /// <summary>Open pages learn that these are over.</summary>
    internal void Tell(IEnumerable<EndedLiveView> ended) => _feed.Publish(ended.Select(one => new FeedChange(one.UserId, FeedKind.Live, one.DeviceId)));
}
