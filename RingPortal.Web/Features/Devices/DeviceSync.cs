using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Devices;

/// <summary>
/// Brings the cameras of one link up to what Ring lists (contract 3.7). A listing that misses a camera removes nothing:
/// that takes a second one at least a minute later and Ring's 404 for this very camera (contract 7.2).
/// </summary>
internal sealed partial class DeviceSync(DeviceStore store, DeviceRemoval removal, LinkAccess access, RingClient ring, TimeProvider clock, ILogger<DeviceSync> logger)
{
    private const int LongestId = 200;

    /// <summary>Lists the cameras at Ring and stores them. May run for the same link several times at once.</summary>
    /// <param name="ringTokenId">The link.</param>
    /// <param name="priority">Whether a person waits.</param>
    /// <param name="cancellationToken">Gives up; what was stored stays.</param>
    /// <returns>How many cameras Ring lists; <see cref="RingFailure.NotFound"/> when the link ended meanwhile.</returns>
    public async Task<RingResult<int>> SyncAsync(Guid ringTokenId, RingPriority priority, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var listed = await access.CallAsync(ringTokenId, (token, ct) => ring.GetDevicesAsync(token, priority, ct), cancellationToken);
        if (!listed.IsSuccess)
        {
            await FailedAsync(ringTokenId, askedAt, listed.Failure, cancellationToken);
            return listed.Failure;
        }

        var listing = new DeviceListing(ringTokenId, askedAt, Storable(listed.Value));
        if (!await store.SaveListingAsync(listing, cancellationToken))
        {
            return new RingFailure.NotFound();
        }

        Log.Listed(logger, ringTokenId, listing.Devices.Count);
        foreach (var missing in await store.LongMissingAsync(listing, cancellationToken))
        {
            await ConfirmAsync(listing, missing, priority, cancellationToken);
        }

        return RingResult.Success(listing.Devices.Count);
    }

    private List<RingDevice> Storable(IReadOnlyList<RingDevice> devices)
    {
        var storable = devices.Where(device => device.Id.Length <= LongestId).ToList();
        if (storable.Count < devices.Count)
        {
            Log.IdTooLong(logger, devices.Count - storable.Count);
        }

        return storable;
    }

    private async Task ConfirmAsync(DeviceListing listing, MissingDevice missing, RingPriority priority, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetUtcNow();
        var asked = await access.CallAsync(
            listing.RingTokenId, (token, ct) => ring.GetDeviceAsync(token, missing.RingDeviceId, priority, ct), cancellationToken);
        if (asked.IsSuccess && asked.Value.Id == missing.RingDeviceId)
        {
            await store.SaveDeviceAsync(new DeviceListing(listing.RingTokenId, askedAt, [asked.Value]), cancellationToken);
            Log.StillThere(logger, missing.Id);
        }
        else if (asked.Failure is RingFailure.NotFound && await removal.RemoveAsync(missing, listing.AskedAt, askedAt, cancellationToken))
        {
            Log.Removed(logger, missing.Id, listing.RingTokenId);
        }
        else
        {
            Log.Undecided(logger, missing.Id, asked.Failure?.GetType().Name ?? "seen meanwhile");
        }
    }

    /// <summary>Our own budget being used up says nothing about Ring.</summary>
    private async Task FailedAsync(Guid ringTokenId, DateTimeOffset askedAt, RingFailure failure, CancellationToken cancellationToken)
    {
        Log.NotListed(logger, ringTokenId, failure.GetType().Name);
        if (failure is not RingFailure.RateLimited)
        {
            await store.MarkFailedAsync(ringTokenId, askedAt, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Ring lists {Count} cameras for {RingTokenId}")]
        public static partial void Listed(ILogger logger, Guid ringTokenId, int count);

        [LoggerMessage(2, LogLevel.Warning, "Ring did not list the cameras of {RingTokenId} ({Failure})")]
        public static partial void NotListed(ILogger logger, Guid ringTokenId, string failure);

        [LoggerMessage(3, LogLevel.Information, "Camera {DeviceId} of {RingTokenId} is no longer shared and was removed")]
        public static partial void Removed(ILogger logger, Guid deviceId, Guid ringTokenId);

        [LoggerMessage(4, LogLevel.Warning, "Camera {DeviceId} is missing from the listing, yet Ring knows it; it stays")]
        public static partial void StillThere(ILogger logger, Guid deviceId);

        [LoggerMessage(5, LogLevel.Warning, "Camera {DeviceId} is missing from the listing and nobody confirmed that it is gone ({Reason}); it stays")]
        public static partial void Undecided(ILogger logger, Guid deviceId, string reason);

        [LoggerMessage(6, LogLevel.Error, "{Count} cameras have ids too long to be kept and are left out")]
        public static partial void IdTooLong(ILogger logger, int count);
    }
}
