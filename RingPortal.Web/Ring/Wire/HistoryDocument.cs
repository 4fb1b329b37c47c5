using System.Globalization;
using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>A page of the event history (contract 10.1).</summary>
internal static class HistoryDocument
{
    private const int LongestId = 190;
    private const int LongestType = 100;

    public static RingPage<RingHistoryEvent>? Read(JsonElement element)
    {
        JsonElement? root = element;
        return root.Member("data") is { ValueKind: JsonValueKind.Array } data
            ? new([.. data.EnumerateArray().Select(item => Read((JsonElement?)item)).OfType<RingHistoryEvent>()], Next(root))
            : null;
    }

    private static string? Next(JsonElement? root) => root.Member("links").Text("next") ?? root.Member("links").Member("next").Text("href");

    private static RingHistoryEvent? Read(JsonElement? item)
    {
        var attributes = item.Member("attributes");
        if (item.Text("id") is not { Length: <= LongestId } id || attributes.Text("event_type") is not { } type || Moment(attributes, "start") is not { } start)
        {
            return null;
        }

        // The filter's spelling in the answer would be no surprise; detections were seen although nobody documents them.
        var dot = type.StartsWith($"{RingHistoryTypes.Motion}.", StringComparison.Ordinal) ? RingHistoryTypes.Motion.Length : -1;
        var subType = dot > 0 ? type[(dot + 1)..] : attributes.Text("sub_type") ?? attributes.Text("subType") ?? (attributes.Texts("cv_detections") is [var seen, ..] ? seen : null);
        return new(
            id,
            dot > 0 ? RingHistoryTypes.Motion : Short(type),
            subType is { Length: > 0 and <= LongestType } ? subType : null,
            start,
            Moment(attributes, "end") is { } end && end >= start ? end : null,
            attributes.Flag("is_third_party_reviewed") is true,
            item.Member("relationships").Member("source").Member("data").Text("id"));
    }

    private static string Short(string type) => type.Length <= LongestType ? type : type[..LongestType];

    /// <summary>Milliseconds since 1970 as a number or as text (contract 10.1); null for anything else and beyond the calendar.</summary>
    private static DateTimeOffset? Moment(JsonElement? attributes, string name)
    {
        long milliseconds;
        var isRead = attributes.Member(name) switch
        {
            { ValueKind: JsonValueKind.Number } number => Whole(number, out milliseconds),
            { ValueKind: JsonValueKind.String } text => long.TryParse(text.StorableText(), NumberStyles.None, CultureInfo.InvariantCulture, out milliseconds),
            _ => Nothing(out milliseconds),
        };
        return isRead && milliseconds > 0 && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    private static bool Whole(JsonElement number, out long value)
    {
        if (number.TryGetInt64(out value))
        {
            return true;
        }

        var isReal = number.TryGetDouble(out var real) && Math.Abs(real) < 1e15;
        value = isReal ? (long)real : 0;
        return isReal;
    }

    private static bool Nothing(out long value)
    {
        value = 0;
        return false;
    }
}
