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

    /// <summary>The place after which a zone is named: "Buenos Aires".</summary>
    public static string Place(TimeZoneInfo zone) => zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>The name when it is a zone we know, else null.</summary>
    public static string? OrNull(string? name) =>
        name is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone.Id : null;
}
