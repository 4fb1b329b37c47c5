using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Media;

/// <summary>Errors as the media endpoints write them (contract 7.1): with a code, an id and a time.</summary>
internal sealed record MediaErrorsAnswer(IReadOnlyList<MediaError> Errors);

internal sealed record MediaError(string Id, string Status, string Code, string Detail, MediaErrorSource? Source, MediaErrorMeta Meta);

internal sealed record MediaErrorSource(string Pointer);

internal sealed record MediaErrorMeta(string Timestamp);

internal static class MediaErrors
{
    public const string Consent = "TIME_RANGE_NOT_AUTHORIZED";

    /// <summary>Whether this operation answers errors in this form.</summary>
    public static bool Has(RingOperation operation) =>
        operation is RingOperation.ImageDownload or RingOperation.ImageFetch or RingOperation.ClipDownload or RingOperation.ClipFetch;

    /// <summary>The code that belongs to a status; clips have a word of their own for what is not there.</summary>
    public static string CodeOf(int status, RingOperation operation) => status switch
    {
        400 or 415 or 413 => "INVALID_PAYLOAD",
        401 => "UNAUTHORIZED",
        403 => "REQUEST_FORBIDDEN",
        404 => "DEVICE_NOT_FOUND",
        416 => operation is RingOperation.ClipDownload or RingOperation.ClipFetch ? "TIMESTAMP_NOT_FOUND" : "MEDIA_NOT_FOUND",
        422 => "CORRUPT_RECORDING",
        425 => "RECORDING_NOT_READY",
        429 => "TOO_MANY_REQUESTS",
        503 => "SERVER_BUSY",
        _ => "INTERNAL_ERROR",
    };

    public static IResult RefuseMedia(this HttpContext context, int status, string detail, string? code = null, string? pointer = null, bool loud = false)
    {
        var notes = context.Notes();
        code ??= CodeOf(status, notes.Operation);
        notes.Summary = $"{code}: {detail}";
        notes.Loud |= loud;
        var time = RingTime.Seconds(context.RequestServices.GetRequiredService<SimulatorClock>().GetUtcNow());
        var id = context.Response.Headers["X-Request-ID"].ToString();
        var number = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return RingJson.Answer(new MediaErrorsAnswer([new(id, number, code, detail, pointer is null ? null : new(pointer), new(time))]), status);
    }
}
