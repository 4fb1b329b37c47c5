using System.Collections.Frozen;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>The kinds of job of this build, between the names operators read and those of the storage.</summary>
public static class JobTypes
{
    private static readonly FrozenDictionary<string, string> s_stored = typeof(FinishLinkJob).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false, IsNested: false } && type.Name.EndsWith("Job", StringComparison.Ordinal))
        .ToFrozenDictionary(type => type.Name, type => $"{type.FullName}, {type.Assembly.GetName().Name}", StringComparer.Ordinal);

    /// <summary>Their short names, in order.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. s_stored.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The name in the storage of a kind that is in <see cref="Known"/>.</summary>
    public static string Stored(string name) => s_stored[name];

    /// <summary>The short name of what stands in the storage, known to this build or not.</summary>
    public static string ShortOf(string? stored) => stored?.Split(',')[0].Split('.')[^1] ?? "-";
}
