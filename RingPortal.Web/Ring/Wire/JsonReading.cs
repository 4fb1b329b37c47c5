using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>
/// Reads what Ring answers without trusting its shape: a member that is missing, null or of another kind is simply
/// not there (contract 3.0).
/// </summary>
internal static class JsonReading
{
    private const int LongestText = 16 * 1024;

    /// <summary>A member of any kind but null.</summary>
    public static JsonElement? Member(this JsonElement? parent, string name)
    {
        try
        {
            return parent is { ValueKind: JsonValueKind.Object } group && group.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null
                ? value
                : null;
        }
        catch (InvalidOperationException)
        {
            // The only way JsonElement has to say that the name of some member is no valid Unicode.
            return null;
        }
    }

    /// <summary>A text member that the database can hold.</summary>
    public static string? Text(this JsonElement? parent, string name) =>
        parent.Member(name)?.StorableText() is { Length: > 0 and <= LongestText } text ? text : null;

    public static bool? Flag(this JsonElement? parent, string name) => parent.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static int? Whole(this JsonElement? parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    public static double? Number(this JsonElement? parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? number : null;

    /// <summary>An ISO 8601 time (UTC), with up to nine fractional digits.</summary>
    public static DateTimeOffset? Time(this JsonElement? parent, string name) =>
        parent.Member(name) is { } value && value.StorableText() is not null && value.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : null;

    public static IEnumerable<JsonElement> Items(this JsonElement? parent, string name) =>
        parent.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IReadOnlyList<string> Texts(this JsonElement? parent, string name) =>
        [.. parent.Items(name).Select(item => item.StorableText()).OfType<string>().Where(text => text.Length is > 0 and <= LongestText)];

    /// <summary>The text of a JSON string; null for other kinds and for what PostgreSQL cannot store (NUL, half a surrogate pair, broken UTF-8).</summary>
    public static string? StorableText(this JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        try
        {
            var text = value.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (InvalidOperationException)
        {
            // The only way JsonElement has to say that the string is no valid Unicode.
            return null;
        }
    }
}
