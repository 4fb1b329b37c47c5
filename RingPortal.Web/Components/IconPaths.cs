using System.Collections.Concurrent;
using System.Reflection;
using MudBlazor;

namespace RingPortal.Web.Components;

/// <summary>Finds Material Rounded icons by name, so that static pages print them without MudBlazor's components.</summary>
internal static class IconPaths
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <summary>The SVG content of the icon; a name that does not exist is a mistake of the page.</summary>
    public static string Of(string name) => Known.GetOrAdd(name, Find);

    private static string Find(string name) =>
        typeof(Icons.Material.Rounded).GetField(name, BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as string
        ?? throw new ArgumentException($"There is no rounded icon named '{name}'.", nameof(name));
}
