using System.Security.Claims;
using RingPortal.Data;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Web.Features.Media;

/// <summary>
/// Pictures and recordings for the owner's pages (reliability 4.4). What is somebody else's answers as if it did not exist.
/// Only GET: asking is looking, and Ring marks what was looked at.
/// </summary>
internal static class MediaEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var media = routes.MapGroup("/media").RequireAuthorization(CameraViewers.Policy).WithMetadata(new SandboxedFile()).AddEndpointFilter<OwnPagesOnly>();
        media.MapGet("/devices/{id:guid}/latest", LatestAsync);
        media.MapGet("/events/{id:guid}/image", EventImageAsync);
        media.MapGet("/events/{id:guid}/clip", EventClipAsync);
        media.MapGet("/pictures/{id:guid}", PictureAsync);
    }

    private static async Task<IResult> LatestAsync(HttpContext http, Guid id, MediaQueries queries, LatestPictures latest, CancellationToken cancellationToken)
    {
        if (await queries.CameraAsync(UserId(http), id, cancellationToken) is not { } camera)
        {
            return MediaAnswer.NotFound();
        }

        if (camera.NeedsPlan)
        {
            return MediaAnswer.No(new MediaNo(MediaRefusal.NoPlan));
        }

        var look = await latest.LookAsync(camera, cancellationToken);
        return look.Picture is null ? MediaAnswer.No(look.No ?? new MediaNo(MediaRefusal.None)) : MediaAnswer.Kept(camera, look.Picture, look.No?.RetryAfter);
    }

    private static async Task<IResult> EventImageAsync(HttpContext http, Guid id, MediaQueries queries, MediaDesk desk, CancellationToken cancellationToken)
    {
        var entry = await queries.EventAsync(UserId(http), id, cancellationToken);
        return await SendAsync(
            entry,
            found => desk.ImageAsync(found.Camera, new RingImageRequest.AtTimestamp(found.OccurredAt), RingPriority.Interactive, cancellationToken));
    }

    private static async Task<IResult> EventClipAsync(HttpContext http, Guid id, MediaQueries queries, MediaDesk desk, CancellationToken cancellationToken)
    {
        var entry = await queries.EventAsync(UserId(http), id, cancellationToken);
        return await SendAsync(entry, found => desk.ClipAsync(found.Camera, new RingClipRequest(found.OccurredAt, found.Length, Audio: true), cancellationToken));
    }

    private static async Task<IResult> PictureAsync(
        HttpContext http, Guid id, RingPortalContext context, MediaQueries queries, SnapshotStore store, CancellationToken cancellationToken)
    {
        if (await store.OfAlbumAsync(context, UserId(http), id, cancellationToken) is not var (row, picture)
            || await queries.CameraAsync(context, UserId(http), row.DeviceId, cancellationToken) is not { } camera)
        {
            return MediaAnswer.NotFound();
        }

        return camera.NeedsPlan ? MediaAnswer.No(new MediaNo(MediaRefusal.NoPlan)) : MediaAnswer.Kept(camera, picture, retryAfter: null);
    }

    private static async Task<IResult> SendAsync(MediaEvent? entry, Func<MediaEvent, Task<(MediaFile? File, MediaNo? No)>> askAsync)
    {
        if (entry is null)
        {
            return MediaAnswer.NotFound();
        }

        if (entry.Camera.NeedsPlan)
        {
            return MediaAnswer.No(new MediaNo(MediaRefusal.NoPlan));
        }

        var (file, no) = await askAsync(entry);
        return file is null ? MediaAnswer.No(no!) : MediaAnswer.Streamed(entry, file);
    }

    private static Guid UserId(HttpContext http) => Guid.Parse(http.User.FindFirstValue(ClaimTypes.NameIdentifier)!);
}
