using System.Text.Json;

namespace RingPortal.Simulator.Media;

/// <summary>Which clip is wanted (contract 9.1). What we send is H.264 in one size whatever is asked for.</summary>
internal sealed record ClipRequest(long At, int Duration, int? FrameRate)
{
    private const long Grace = 1_000;

    /// <exception cref="PayloadException">The body does not hold to the contract.</exception>
    public static ClipRequest Parse(JsonElement body, long now)
    {
        var payload = new Payload(body, "", "timestamp", "duration", "video_options", "audio_options");
        var video = payload.Part("video_options", "codec", "frame_rate", "resolution");
        video?.Choice("codec", "avc", "avc", "hevc");
        var size = video?.Part("resolution", "width", "height");
        size?.OptionalNumber("width", 1, 1920);
        size?.OptionalNumber("height", 1, 1080);
        payload.Part("audio_options", "audio_enabled")?.Flag("audio_enabled", false);
        return new(payload.Number("timestamp", 0, now + Grace), (int)payload.Number("duration", 1, 900_000), (int?)video?.OptionalNumber("frame_rate", 1, 25));
    }
}
