using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>The lenient reader of what an event says, in both spellings that Ring's documentation knows (contract 5.7.1).</summary>
internal static class EventReader
{
    private const int LongestId = 200;

    public static RingEvent Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        JsonElement? root = document.RootElement;
        var data = root.Member("data");
        var attributes = data.Member("attributes");
        return new(
            Short(attributes, "sub_type") ?? Short(data, "subType"),
            Short(attributes, "source_id"),
            Short(attributes, "plan_id"),
            attributes.Time("expires_at"),
            [.. data.Member("relationships").Member("devices").Items("data").Select(item => Short(item, "id")).OfType<string>().Distinct(StringComparer.Ordinal)],
            root.Member("meta").Time("time"));
    }

    private static string? Short(JsonElement? parent, string name) => parent.Text(name) is { Length: <= LongestId } text ? text : null;
}
