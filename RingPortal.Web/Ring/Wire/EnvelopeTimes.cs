using System.Globalization;
using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>The two times of a delivery, in the forms that Ring writes (contract 5.4).</summary>
internal static class EnvelopeTimes
{
    private static readonly long s_earliest = DateTimeOffset.UnixEpoch.ToUnixTimeMilliseconds();
    private static readonly long s_latest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary><c>meta.time</c>, ISO 8601 with up to nine fractional digits.</summary>
    public static DateTimeOffset? Sent(JsonElement meta) =>
        !meta.TryGetProperty("time", out var value) || value.ValueKind is JsonValueKind.Null ? null
        : ((JsonElement?)meta).Time("time") ?? throw new EnvelopeException("meta.time is not a time");

    /// <summary><c>timestamp</c>, Unix milliseconds as a number or a numeric text.</summary>
    public static DateTimeOffset? Occurred(JsonElement attributes)
    {
        if (!attributes.TryGetProperty("timestamp", out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return Milliseconds(value) is { } milliseconds && milliseconds >= s_earliest && milliseconds <= s_latest
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw new EnvelopeException("timestamp is not a time in milliseconds");
    }

    private static long? Milliseconds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number when value.TryGetDouble(out var number) && Math.Abs(number) < long.MaxValue => (long)number,
        JsonValueKind.String when long.TryParse(value.StorableText(), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) => parsed,
        _ => null,
    };
}
