using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Web.Features.Media;

/// <summary>Asks Ring for pictures and recordings of a camera and looks at what comes. Notes on the camera whether they come encrypted.</summary>
internal sealed partial class MediaDesk(
    LinkAccess access, RingClient ring, IServiceScopeFactory scopes, FeedOutlet feed, TimeProvider clock, ILogger<MediaDesk> logger)
{
    /// <summary>An existing picture.</summary>
    public async Task<(MediaFile? File, MediaNo? No)> ImageAsync(MediaCamera camera, RingImageRequest request, RingPriority priority, CancellationToken cancellationToken) =>
        await TakeAsync(
            camera,
            await access.CallAsync(camera.RingTokenId, (token, ct) => ring.OpenImageAsync(token, camera.RingDeviceId, request, priority, ct), cancellationToken),
            image: true,
            cancellationToken);

    /// <summary>A recording.</summary>
    public async Task<(MediaFile? File, MediaNo? No)> ClipAsync(MediaCamera camera, RingClipRequest request, CancellationToken cancellationToken) =>
        await TakeAsync(
            camera,
            await access.CallAsync(camera.RingTokenId, (token, ct) => ring.OpenClipAsync(token, camera.RingDeviceId, request, ct), cancellationToken),
            image: false,
            cancellationToken);

    private async Task<(MediaFile? File, MediaNo? No)> TakeAsync(MediaCamera camera, RingResult<RingMedia> answer, bool image, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccess)
        {
            return (null, MediaFailures.Of(answer.Failure));
        }

        try
        {
            var (file, refusal) = await MediaInspector.InspectAsync(answer.Value, image, cancellationToken);
            if (file is not null || refusal is MediaRefusal.Protected)
            {
                await NoteProtectionAsync(camera, file is null, cancellationToken);
            }

            if (refusal is MediaRefusal.Unfit && file is null)
            {
                Log.Unfit(logger, camera.Id, answer.Value.ContentType is null ? "none" : "other");
            }

            return file is null ? (null, new MediaNo(refusal)) : (file, null);
        }
        catch (RingMediaException exception)
        {
            Log.Broken(logger, camera.Id, exception.Message);
            return (null, new MediaNo(exception.InnerException is OperationCanceledException ? MediaRefusal.TooSlow : MediaRefusal.Unfit));
        }
    }

    private async Task NoteProtectionAsync(MediaCamera camera, bool isProtected, CancellationToken cancellationToken)
    {
        if (isProtected == camera.IsProtected)
        {
            return;
        }

        await using var scope = scopes.CreateBackgroundScope();
        DateTimeOffset? since = isProtected ? clock.GetUtcNow() : null;
        var changed = await scope.ServiceProvider.GetRequiredService<RingPortalContext>().Devices
            .Where(device => device.Id == camera.Id && device.ProtectedAt == null == isProtected)
            .ExecuteUpdateAsync(set => set.SetProperty(device => device.ProtectedAt, since), cancellationToken);
        if (changed > 0)
        {
            feed.Publish(new FeedChange(camera.UserId, FeedKind.Device, camera.Id));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "What Ring sent for camera {DeviceId} is no picture or recording (type: {Type})")]
        public static partial void Unfit(ILogger logger, Guid deviceId, string type);

        [LoggerMessage(2, LogLevel.Warning, "What Ring sent for camera {DeviceId} did not come: {Reason}")]
        public static partial void Broken(ILogger logger, Guid deviceId, string reason);
    }
}
