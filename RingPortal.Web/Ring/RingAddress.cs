namespace RingPortal.Web.Ring;

/// <summary>Which addresses of Ring may be configured and followed (contract 8.5, 9.3).</summary>
internal static class RingAddress
{
    /// <summary>An absolute https address (http on loopback) without user info and fragment.</summary>
    public static bool IsSafe(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && IsSafe(address);

    public static bool IsSafe(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.Host.Length > 0
        && address.UserInfo.Length == 0
        && address.Fragment.Length == 0;

    /// <summary>A safe address that is nothing but scheme, host and port.</summary>
    public static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && IsSafe(address) && address.PathAndQuery is "/";

    /// <summary>A host name, or one after <c>*.</c>; a bare star would let every host in.</summary>
    public static bool IsHostPattern(string pattern)
    {
        var host = pattern.StartsWith("*.", StringComparison.Ordinal) ? pattern[2..] : pattern;
        return Uri.CheckHostName(host) is UriHostNameType.Dns && (host.Contains('.', StringComparison.Ordinal) || host is "localhost");
    }

    /// <summary>Resolves what an answer links to; null when that leaves the origin of the request.</summary>
    public static Uri? ResolveOnSameOrigin(Uri origin, string link) =>
        Uri.TryCreate(origin, link, out var target)
            && IsSafe(target)
            && Uri.Compare(target, origin, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0
            ? target
            : null;

    /// <summary>
    /// Where a live view is ended: a path of this origin below <c>/v1/devices/{one device}/media/streaming/whep/</c>. What
    /// follows, and the query, is Ring's own business (contract 8.5). Null for anything else.
    /// </summary>
    public static Uri? LiveSession(Uri origin, string path) =>
        ResolveOnSameOrigin(origin, path) is { Segments: ["/", "v1/", "devices/", var device, "media/", "streaming/", "whep/", _, ..] } target
            && !device.Contains("%2f", StringComparison.OrdinalIgnoreCase)
            ? target
            : null;

    /// <summary>The same, for the camera that was asked for and no other.</summary>
    public static Uri? LiveSession(Uri origin, string path, string deviceId) =>
        LiveSession(origin, path) is { } target && Uri.UnescapeDataString(target.Segments[3].TrimEnd('/')) == deviceId ? target : null;

    /// <summary>A device id as one path segment; null for an id that could climb out of its segment (contract 3.0).</summary>
    public static string? Segment(string id) =>
        id.Length is 0 or > 300 || id is "." || id.Contains("..", StringComparison.Ordinal) || id.Any(IsUnsafe)
            ? null
            : Uri.EscapeDataString(id);

    private static bool IsUnsafe(char character) =>
        character is '/' or '\\' || char.IsWhiteSpace(character) || char.IsControl(character) || char.IsSurrogate(character);
}
