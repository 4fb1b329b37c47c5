using System.Collections.Frozen;

namespace RingPortal.Web.Components.Theme;

/// <summary>One colour of the product in both themes, independent of the brand.</summary>
internal sealed record Token(string Name, string Light, string Dark);

/// <summary>Every colour that the brand does not change. Pages use them as <c>var(--rp-name)</c> only.</summary>
internal static class Tokens
{
    /// <summary>All of them, in the order in which the style sheet prints them.</summary>
    public static IReadOnlyList<Token> All { get; } =
    [
        new("background", "#F5F6F8", "#0D1117"),
        new("surface", "#FFFFFF", "#151B24"),
        new("sunken", "#ECEFF3", "#1E2632"),
        new("ink", "#141A25", "#EDF0F5"),
        new("ink-2", "#4B5566", "#AAB4C3"),
        new("disabled", "#7E8796", "#758196"),
        new("control", "#737D8D", "#76839A"),
        new("hairline", "#D9DEE6", "#2D3746"),
        new("on-primary", "#FFFFFF", "#0D1117"),
        new("on-status", "#FFFFFF", "#0D1117"),
        new("focus", "#141A25", "#FFFFFF"),
        new("focus-gap", "#FFFFFF", "#0D1117"),
        new("skeleton", "#E1E5EB", "#232C39"),
        new("row-hover", "#F0F2F6", "#1A212C"),
        new("mat", "#0B0F16", "#06090E"),
        new("success", "#17663A", "#74D69B"),
        new("success-tint", "#E2F3E8", "#12301F"),
        new("warning", "#854900", "#FFC062"),
        new("warning-tint", "#FFF0D6", "#37280B"),
        new("error", "#B3261E", "#FF9F97"),
        new("error-tint", "#FCE9E7", "#401916"),
        new("info", "#06607A", "#7CCBE0"),
        new("info-tint", "#E0F1F5", "#0B2D36"),
        new("neutral", "#4B5566", "#AAB4C3"),
        new("neutral-tint", "#ECEFF3", "#1E2632"),
        new("series-1", "#2B4C9B", "#8FB0FF"),
        new("series-2", "#BF7730", "#FFA36C"),
        new("series-3", "#0D9285", "#3C8A7B"),
        new("series-4", "#640339", "#FFDDEE"),
        new("series-5", "#4F5110", "#8F7900"),
        new("series-6", "#987FE9", "#7A65D3"),
        new("on-mat", "#FFFFFF", "#FFFFFF"),
        new("mat-control", "#8B96A6", "#8B96A6"),
        new("live", "#B3261E", "#B3261E"),
        new("ending", "#FFC062", "#FFC062"),
    ];

    private static readonly FrozenDictionary<string, Token> ByName = All.ToFrozenDictionary(token => token.Name);

    public static string Light(string name) => ByName[name].Light;

    public static string Dark(string name) => ByName[name].Dark;
}
