using System.Text.RegularExpressions;

namespace RingPortal.Tests.Look;

/// <summary>The variables of a theme file as a browser would see them in each theme.</summary>
internal sealed partial record ThemeSheetText(
    Dictionary<string, string> Light, Dictionary<string, string> DarkChosen, Dictionary<string, string> DarkBySystem)
{
    public static ThemeSheetText Parse(string css)
    {
        var blocks = Block().Matches(css).ToDictionary(
            match => match.Groups["selector"].Value.Trim(),
            match => Variable().Matches(match.Groups["body"].Value)
                .ToDictionary(variable => variable.Groups[1].Value, variable => variable.Groups[2].Value));
        var light = blocks[":root"];
        return new(light, Over(light, blocks[":root[data-theme=dark]"]), Over(light, blocks[":root:not([data-theme])"]));
    }

    private static Dictionary<string, string> Over(Dictionary<string, string> basis, Dictionary<string, string> changes)
    {
        var all = new Dictionary<string, string>(basis);
        foreach (var (name, value) in changes)
            all[name] = value;
        return all;
    }

    [GeneratedRegex(@"(?<selector>:root[^{]*)\{(?<body>[^}]*)\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"(--[a-z0-9-]+):\s*([^;]+);")]
    private static partial Regex Variable();
}
