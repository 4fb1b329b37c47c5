using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Teardown;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Jobs;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Devices;

/// <summary>
/// Cameras that an event called removed, though the times did not settle it. Gone is what the latest listing misses and Ring
/// answers with 404 for; everything else stays.
/// </summary>
internal sealed partial class SuspectedRemovals(
    RingPortalContext context, LinkAccess access, RingClient ring, TeardownRequests teardowns, FeedOutlet outlet, WorkWake work, TimeProvider clock, ILogger<SuspectedRemovals> logger)
{
    /// <summary>Asks Ring for each suspect that the latest listing misses.</summary>
    public async Task ConfirmAsync(Guid ringTokenId, IReadOnlyList<string> ringDeviceIds, CancellationToken cancellationToken)
    {
        var missing = await context.Devices.AsNoTracking()
            .Where(device => device.RingTokenId == ringTokenId && ringDeviceIds.Contains(device.RingDeviceId) && device.MissingSince != null)
            .Select(device => device.RingDeviceId).ToListAsync(cancellationToken);
        foreach (var ringDeviceId in missing)
        {
            var askedAt = clock.GetUtcNow();
            var asked = await access.CallAsync(ringTokenId, (token, ct) => ring.GetDeviceAsync(token, ringDeviceId, RingPriority.Background, ct), cancellationToken);
            if (asked.Failure is RingFailure.NotFound)
            {
                await RemoveAsync(ringTokenId, ringDeviceId, askedAt, cancellationToken);
            }
        }
    }

    private async Task RemoveAsync(Guid ringTokenId, string ringDeviceId, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var device = await context.Devices
            .FromSql($"SELECT * FROM devices WHERE ring_token_id = {ringTokenId} AND ring_device_id = {ringDeviceId} AND removed_at IS NULL FOR NO KEY UPDATE")
            .SingleOrDefaultAsync(cancellationToken);
        if (device is null || device.RefreshedAt > askedAt)
        {
            return;
        }

        var teardown = await teardowns.DeviceAsync(context, device, TeardownCause.Listing, askedAt, inboxId: null, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Removed(logger, device.Id, ringTokenId);
        outlet.Publish(new FeedChange(device.UserId, FeedKind.Removed, device.Id));
        work.TearDownDevice(teardown.Id);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Camera {DeviceId} of {RingTokenId} is gone at Ring, as an event had said")]
        public static partial void Removed(ILogger logger, Guid deviceId, Guid ringTokenId);
    }
}
