using System.Text.Json;
using System.Text.Json.Serialization;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Web.Ring.Wire;

/// <summary>Bodies that ask for pictures and recordings (contract 9).</summary>
internal static class MediaBodies
{
    private static readonly JsonSerializerOptions s_options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static byte[] Of(RingImageRequest request) => JsonSerializer.SerializeToUtf8Bytes(
        request switch
        {
            RingImageRequest.AtTimestamp one => new ImageBody("at_timestamp", one.At.ToUnixTimeMilliseconds(), null, null, new("jpeg")),
            RingImageRequest.LatestInRange range => new ImageBody("latest_in_range", null, range.From.ToUnixTimeMilliseconds(), range.To?.ToUnixTimeMilliseconds(), new("jpeg")),
            _ => throw new ArgumentException("There is no such picture.", nameof(request)),
        },
        s_options);

    // Browsers play AVC everywhere, HEVC in few places.
    public static byte[] Of(RingClipRequest request) => JsonSerializer.SerializeToUtf8Bytes(
        new ClipBody(request.From.ToUnixTimeMilliseconds(), (long)request.Duration.TotalMilliseconds, new("avc"), new(request.Audio)), s_options);

    private sealed record ImageBody(
        [property: JsonPropertyName("type")] string Type,
        [property: JsonPropertyName("timestamp")] long? Timestamp,
        [property: JsonPropertyName("start_timestamp")] long? Start,
        [property: JsonPropertyName("end_timestamp")] long? End,
        [property: JsonPropertyName("image_options")] ImageOptions Options);

    private sealed record ImageOptions([property: JsonPropertyName("format")] string Format);

    private sealed record ClipBody(
        [property: JsonPropertyName("timestamp")] long Timestamp,
        [property: JsonPropertyName("duration")] long Duration,
        [property: JsonPropertyName("video_options")] VideoOptions Video,
        [property: JsonPropertyName("audio_options")] AudioOptions Audio);

    private sealed record VideoOptions([property: JsonPropertyName("codec")] string Codec);

    private sealed record AudioOptions([property: JsonPropertyName("audio_enabled")] bool Enabled);
}
