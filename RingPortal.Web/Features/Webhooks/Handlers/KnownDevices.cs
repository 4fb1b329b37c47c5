using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Devices;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>The camera that an event speaks of. Looked up only through the account of the event: ids of others do not exist here.</summary>
internal static class KnownDevices
{
    /// <summary>The camera, without a lock.</summary>
    public static async Task<Device?> FindAsync(this EventHandling handling, CancellationToken cancellationToken) =>
        handling.Lookups.Camera(handling.Link!.Id, handling.Message.Source!)
        ?? await handling.Context.Devices.AsNoTracking().SingleOrDefaultAsync(
            device => device.RingTokenId == handling.Link!.Id && device.RingDeviceId == handling.Message.Source, cancellationToken);

    /// <summary>The camera, locked until the commit, as it stands now.</summary>
    public static async Task<Device?> LockAsync(this EventHandling handling, CancellationToken cancellationToken) =>
        await handling.Context.Devices
            .FromSql($"SELECT * FROM devices WHERE ring_token_id = {handling.Link!.Id} AND ring_device_id = {handling.Message.Source} AND removed_at IS NULL FOR NO KEY UPDATE")
            .SingleOrDefaultAsync(cancellationToken);

    /// <summary>Whether the camera was removed at that time or later: what the event says is over.</summary>
    public static Task<bool> WasRemovedSinceAsync(this EventHandling handling, CancellationToken cancellationToken) =>
        handling.Context.Teardowns.AnyAsync(
            work => work.RingTokenId == handling.Link!.Id && work.RingDeviceId == handling.Message.Source && work.OccurredAt >= handling.OccurredAt, cancellationToken);

    /// <summary>
    /// An event of a camera that is not known here: over when it was removed since; else the cameras are read again and
    /// the event waits for that.
    /// </summary>
    public static async Task<HandlingOutcome> NotKnownAsync(this EventHandling handling, CancellationToken cancellationToken)
    {
        if (await handling.WasRemovedSinceAsync(cancellationToken))
        {
            return HandlingOutcome.Done("camera removed since");
        }

        await handling.ReadDevicesAgainAsync(cancellationToken);
        return HandlingOutcome.Parked("camera not known yet");
    }
}
