using RingPortal.Data.Media;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Web.Features.Media;

/// <summary>
/// Passes on what Ring sends while it comes: the reader's pace is Ring's pace, and nothing is held in between but a piece. A
/// transfer that breaks off is broken off for the reader too, never ended as if it were whole.
/// </summary>
internal sealed partial class MediaStreamResult(MediaEvent entry, MediaFile file) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using (file)
        {
            var (response, source) = (httpContext.Response, file.Source);
            MediaAnswer.Head(httpContext, entry.Camera, file.Format, source.TakenAt, source.TakenAt ?? entry.OccurredAt, (SnapshotOrigin)source.Origin);
            response.ContentLength = source.Length;
            if (source.IsPartial)
            {
                // For a browser that saves it a 206 without a range would be a mistake; the script reads the length beside it.
                response.StatusCode = httpContext.Request.Query.ContainsKey("download") ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
            }

            if (source.Duration is { } duration)
            {
                MediaAnswer.Lasts(httpContext, duration);
            }

            await SendAsync(httpContext);
        }
    }

    private async Task SendAsync(HttpContext http)
    {
        try
        {
            await file.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
        catch (RingMediaException exception)
        {
            Log.Broken(http.RequestServices.GetRequiredService<ILogger<MediaStreamResult>>(), entry.Camera.Id, exception.Message);
            http.Abort();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The reader has left or pressed Cancel; with it ends the transfer from Ring.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A transfer for camera {DeviceId} broke off: {Reason}")]
        public static partial void Broken(ILogger logger, Guid deviceId, string reason);
    }
}
