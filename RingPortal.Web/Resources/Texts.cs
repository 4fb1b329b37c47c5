using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Resources;

/// <summary>
/// Every sentence that people read. <c>{App}</c> is the partner's name for the product, <c>{n}</c> and other
/// names are filled by the caller, <c>{n|camera|cameras}</c> chooses by the number <c>n</c>.
/// </summary>
public sealed partial class Texts(IOptions<PortalOptions> portal, IHostEnvironment environment)
{
    private static readonly FrozenDictionary<string, string> All = Load();

    /// <summary>The keys of all texts.</summary>
    public static IEnumerable<string> Keys => All.Keys;

    /// <summary>The text with this key. Outside Production an unknown key throws <see cref="KeyNotFoundException"/>.</summary>
    public string this[string key] => Format(key);

    /// <summary>The text as it is stored, with its placeholders.</summary>
    public static string Raw(string key) => All[key];

    /// <summary>The text with this key, its placeholders filled; a placeholder without a value stays visible.</summary>
    public string Format(string key, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!All.TryGetValue(key, out var text))
            return environment.IsProduction() ? key : throw new KeyNotFoundException($"There is no text with the key '{key}'.");

        var known = values.ToArray();
        return Placeholder().Replace(text, match => Fill(match, known));
    }

    private string Fill(Match match, (string Name, object? Value)[] values)
    {
        var name = match.Groups["name"].Value;
        if (name == "App")
            return portal.Value.AppName;

        foreach (var (key, value) in values)
        {
            if (key == name)
                return match.Groups["one"].Success ? Choose(match, value) : Print(value);
        }

        return match.Value;
    }

    private static string Choose(Match match, object? value) =>
        match.Groups[Convert.ToInt64(value, CultureInfo.InvariantCulture) == 1 ? "one" : "many"].Value;

    private static string Print(object? value) => value switch
    {
        int or long => string.Create(CultureInfo.InvariantCulture, $"{value:#,0}"),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static FrozenDictionary<string, string> Load()
    {
        var resources = new ResourceManager(typeof(Texts));
        return resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!
            .Cast<DictionaryEntry>()
            .ToFrozenDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z]+)(\|(?<one>[^|}]*)\|(?<many>[^|}]*))?\}")]
    private static partial Regex Placeholder();
}
