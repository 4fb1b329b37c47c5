using System.Text.Json;

namespace RingPortal.Simulator.Media;

/// <summary>Which picture is wanted (contract 9.2).</summary>
internal sealed record ImageRequest(long? At, long From, long To, bool Png, int? Width, int? Height)
{
    public const long Day = 24L * 60 * 60 * 1000;

    private const string AtTimestamp = "at_timestamp", LatestInRange = "latest_in_range";

    /// <summary>A partner's clock may be a little ahead.</summary>
    private const long Grace = 1_000;

    /// <summary>What is asked about: it must be after the user's consent.</summary>
    public long Begin => At ?? From;

    /// <exception cref="PayloadException">The body does not hold to the contract.</exception>
    public static ImageRequest Parse(JsonElement body, long now)
    {
        var payload = new Payload(body, "", "type", "timestamp", "start_timestamp", "end_timestamp", "image_options");
        var (oldest, newest) = (now - (180 * Day), now + Grace);
        var options = payload.Part("image_options", "format", "resolution");
        var size = options?.Part("resolution", "width", "height");
        var png = options?.Choice("format", "jpeg", "jpeg", "png") == "png";
        var (width, height) = ((int?)size?.OptionalNumber("width", 1, 1920), (int?)size?.OptionalNumber("height", 1, 1080));
        if (payload.Choice("type", null, AtTimestamp, LatestInRange) == AtTimestamp)
        {
            Refuse(payload, "start_timestamp", "end_timestamp");
            var at = payload.Number("timestamp", oldest, newest);
            return new(at, at, at, png, width, height);
        }

        Refuse(payload, "timestamp");
        var from = payload.Number("start_timestamp", oldest, newest);
        var to = payload.OptionalNumber("end_timestamp", from, long.MaxValue) ?? Math.Max(from, now);
        return to - from <= Day
            ? new(null, from, to, png, width, height)
            : throw new PayloadException("end_timestamp", "the window must not be longer than 24 hours");
    }

    private static void Refuse(Payload payload, params string[] others)
    {
        if (others.FirstOrDefault(payload.Has) is { } other)
            throw new PayloadException(other, $"{other} does not belong to this type");
    }
}
