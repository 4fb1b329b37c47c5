using System.Collections.Concurrent;

namespace RingPortal.Web.Features.Tokens;

/// <summary>
/// Refreshes that run in this instance. Callers who want the same one share it, none can cancel it (the new pair must
/// be stored even if nobody waits any more), and the portal does not stop before they have ended.
/// </summary>
internal sealed class RefreshFlights : IHostedService
{
    private readonly ConcurrentDictionary<(Guid Id, int Version), Lazy<Task<RefreshOutcome>>> _flights = new();

    /// <summary>Joins the refresh of these tokens, or starts it.</summary>
    public Task<RefreshOutcome> JoinAsync(HeldTokens seen, Func<Task<RefreshOutcome>> start, CancellationToken cancellationToken)
    {
        var key = (seen.Id, seen.Version);
        return _flights.GetOrAdd(key, _ => new(() => Task.Run(() => FlyAsync(key, start), CancellationToken.None))).Value.WaitAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for what runs. How it ends is a matter of its callers, and no failure of the stop.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(_flights.Values.Select(flight => (Task)flight.Value)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task<RefreshOutcome> FlyAsync((Guid Id, int Version) key, Func<Task<RefreshOutcome>> start)
    {
        try
        {
            return await start();
        }
        finally
        {
            _flights.TryRemove(key, out _);
        }
    }
}
