using System.Text.RegularExpressions;

namespace RingPortal.Web.Components.Theme;

/// <summary>Reads the custom properties out of what MudBlazor's theme provider prints.</summary>
internal static partial class MudVariables
{
    public static Dictionary<string, string> Read(string html) =>
        Declaration().Matches(html)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Trim());

    [GeneratedRegex(@"(?<name>--mud-[a-z0-9-]+)\s*:\s*(?<value>[^;]+);")]
    private static partial Regex Declaration();
}
