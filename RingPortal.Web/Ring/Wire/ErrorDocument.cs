using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>Error bodies in all their shapes (contract 7.1): JSON:API, OAuth, HTML, empty.</summary>
internal static class ErrorDocument
{
    private const int LongestTitle = 100;

    /// <summary>Ring's word for what is wrong; null when the body has none.</summary>
    public static string? Title(ReadOnlyMemory<byte> body)
    {
        using var document = Parse(body);
        JsonElement? root = document?.RootElement;
        JsonElement? first = root.Items("errors").Select(error => (JsonElement?)error).FirstOrDefault();
        var title = first.Text("title") ?? first.Text("code") ?? root.Text("error");
        return title is { Length: > LongestTitle } ? title[..LongestTitle] : title;
    }

    /// <summary>Null when it is no JSON.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
