namespace RingPortal.Web.Account;

/// <summary>The zones in which times can be shown, by their IANA names.</summary>
public static class TimeZones
{
    private static readonly Lazy<IReadOnlyList<string>> Known = new(() =>
        [.. TimeZoneInfo.GetSystemTimeZones()
            .Where(zone => zone.HasIanaId && (zone.Id.Contains('/') || zone.Id == "UTC") && !zone.Id.StartsWith("Etc/", StringComparison.Ordinal))
            .Select(zone => zone.Id)
            .Order(StringComparer.Ordinal)]);

    /// <summary>Every name a person may choose, in order.</summary>
    public static IReadOnlyList<string> All => Known.Value;

    /// <summary>The zone with this name, else UTC.</summary>
    public static TimeZoneInfo OrUtc(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The place after which a zone is named: "Buenos Aires", where needed with what it lies in: "Knox, Indiana".</summary>
    public static string Place(string name)
    {
        var parts = name.Replace('_', ' ').Split('/');
        return parts.Length > 2 ? $"{parts[^1]}, {parts[^2]}" : parts[^1];
    }

    /// <summary>The part of the world: "Europe"; null for zones without one.</summary>
    public static string? Region(string name) => name.IndexOf('/', StringComparison.Ordinal) is > 0 and var end ? name[..end] : null;

    /// <summary>The name when it is a zone we know, else null.</summary>
    public static string? OrNull(string? name) =>
        name is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone.Id : null;
}
