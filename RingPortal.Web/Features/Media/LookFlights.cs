using System.Collections.Concurrent;

namespace RingPortal.Web.Features.Media;

/// <summary>Askings for latest pictures that run in this instance: who wants the same one joins, and leaving ends nothing.</summary>
internal sealed class LookFlights
{
    private readonly ConcurrentDictionary<Guid, Lazy<Task<MediaNo?>>> _flights = new();

    /// <summary>Joins the asking for a camera, or starts it.</summary>
    public Task<MediaNo?> JoinAsync(Guid deviceId, Func<Task<MediaNo?>> start, CancellationToken cancellationToken) =>
        _flights.GetOrAdd(deviceId, _ => new(() => Task.Run(() => FlyAsync(deviceId, start), CancellationToken.None))).Value.WaitAsync(cancellationToken);

    private async Task<MediaNo?> FlyAsync(Guid deviceId, Func<Task<MediaNo?>> start)
    {
        try
        {
            return await start();
        }
        finally
        {
            _flights.TryRemove(deviceId, out _);
        }
    }
}
