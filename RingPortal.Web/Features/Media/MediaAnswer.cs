using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using RingPortal.Data.Media;

namespace RingPortal.Web.Features.Media;

/// <summary>Answers with a picture, a recording, or the reason why there is none. Type, name and caching are always ours.</summary>
internal static class MediaAnswer
{
    private const string TakenAt = "X-Media-Timestamp";
    private const string Length = "X-Media-Length";
    private const string Origin = "X-Media-Origin";

    /// <summary>Unknown, not owned, not shared any more: one answer.</summary>
    public static IResult NotFound() => TypedResults.Json(new { error = "not_found" }, statusCode: StatusCodes.Status404NotFound);

    /// <summary>A refusal.</summary>
    public static IResult No(MediaNo no) => new RefusedResult(no);

    /// <summary>A picture that is kept here.</summary>
    public static IResult Kept(MediaCamera camera, KeptPicture picture, TimeSpan? retryAfter) => new KeptResult(camera, picture, retryAfter);

    /// <summary>What Ring sends, as it comes.</summary>
    public static IResult Streamed(MediaEvent entry, MediaFile file) => new MediaStreamResult(entry, file);

    internal static void Head(HttpContext http, MediaCamera camera, MediaFormat format, DateTimeOffset? takenAt, DateTimeOffset named, SnapshotOrigin origin)
    {
        var headers = http.Response.Headers;
        http.Response.ContentType = format.Type;
        headers.ContentDisposition = MediaNames.Disposition(camera, named, format, http.Request.Query.ContainsKey("download"));
        headers.AcceptRanges = "none";
        headers[TakenAt] = takenAt is { } at ? Number(at.ToUnixTimeMilliseconds()) : StringValues.Empty;
        headers[Origin] = origin switch { SnapshotOrigin.Recording => "recording", SnapshotOrigin.Snapshot => "snapshot", _ => StringValues.Empty };
    }

    internal static void Lasts(HttpContext http, TimeSpan duration) => http.Response.Headers[Length] = Number((long)duration.TotalMilliseconds);

    internal static void Retry(HttpContext http, TimeSpan? after)
    {
        if (after is { } wait)
        {
            http.Response.Headers[HeaderNames.RetryAfter] = Number((long)Math.Ceiling(Math.Max(1, wait.TotalSeconds)));
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class RefusedResult(MediaNo no) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var (status, error) = MediaFailures.Answer(no.Refusal);
            Retry(httpContext, no.RetryAfter);
            return TypedResults.Json(new { error }, statusCode: status).ExecuteAsync(httpContext);
        }
    }

    private sealed class KeptResult(MediaCamera camera, KeptPicture picture, TimeSpan? retryAfter) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            Head(httpContext, camera, picture.Format, picture.TakenAt, picture.TakenAt ?? DateTimeOffset.UnixEpoch, picture.Origin);
            Retry(httpContext, retryAfter);
            httpContext.Response.ContentLength = picture.Content.Length;
            await httpContext.Response.Body.WriteAsync(picture.Content, httpContext.RequestAborted);
        }
    }
}
