using System.Text.Json;

namespace RingPortal.Web.Ring.Wire;

/// <summary>The token endpoint's answer (contract 3.1).</summary>
internal static class TokenDocument
{
    private const int LongestScope = 2048;

    /// <summary>For an answer without <c>expires_in</c>: short, so that it is refreshed rather than trusted.</summary>
    private static readonly TimeSpan s_unknownLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_longestLife = TimeSpan.FromDays(1);

    /// <summary>Null without an access token.</summary>
    public static RingTokenSet? Read(JsonElement? root) =>
        root.Text("access_token") is { } access ? new(access, root.Text("refresh_token"), Life(root), Scope(root)) : null;

    private static TimeSpan Life(JsonElement? root)
    {
        if (root.Number("expires_in") is not { } seconds || seconds <= 0)
        {
            return s_unknownLife;
        }

        return seconds < s_longestLife.TotalSeconds ? TimeSpan.FromSeconds(seconds) : s_longestLife;
    }

    /// <summary>A text, a list, or nothing; nothing as well when it is longer than what is kept of it.</summary>
    private static string? Scope(JsonElement? root)
    {
        var scope = root.Text("scope") ?? string.Join(' ', root.Texts("scope"));
        return scope.Length is > 0 and <= LongestScope ? scope : null;
    }
}
