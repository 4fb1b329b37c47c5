using RingPortal.Data.Events;

namespace RingPortal.Web.Features.Events;

/// <summary>What people call an event; also what they filter by.</summary>
public enum TimelineKind
{
    /// <summary>Somebody pressed the doorbell.</summary>
    Ring,

    /// <summary>Motion that Ring took for a person.</summary>
    Person,

    /// <summary>Motion that Ring took for a vehicle.</summary>
    Vehicle,

    /// <summary>Motion that Ring took for an animal.</summary>
    Animal,

    /// <summary>Motion that Ring took for a package.</summary>
    Package,

    /// <summary>Any other motion.</summary>
    Motion,

    /// <summary>Somebody watched live.</summary>
    Live,

    /// <summary>What this version does not know.</summary>
    Other,
}

/// <summary>Words, pictures and stored values of <see cref="TimelineKind"/>.</summary>
internal static class TimelineKinds
{
    /// <summary>All, in the order in which they are offered.</summary>
    public static IReadOnlyList<TimelineKind> All { get; } = Enum.GetValues<TimelineKind>();

    /// <summary>Ring's motion classes that people see by name (contract 5.7.1); every other one is just motion.</summary>
    public static IReadOnlyDictionary<string, TimelineKind> Classes { get; } = new Dictionary<string, TimelineKind>(StringComparer.Ordinal)
    {
        ["human"] = TimelineKind.Person,
        ["vehicle"] = TimelineKind.Vehicle,
        ["animal"] = TimelineKind.Animal,
        ["package"] = TimelineKind.Package,
    };

    public static TimelineKind Of(DeviceEventKind kind, string? subType) => kind switch
    {
        DeviceEventKind.Press => TimelineKind.Ring,
        DeviceEventKind.LiveView => TimelineKind.Live,
        DeviceEventKind.Motion => subType is not null && Classes.TryGetValue(subType, out var known) ? known : TimelineKind.Motion,
        _ => TimelineKind.Other,
    };

    /// <summary>The name in addresses.</summary>
    public static string Slug(this TimelineKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Key of the words.</summary>
    public static string TextKey(this TimelineKind kind) => $"ev.kind.{kind.Slug()}";

    public static string Icon(this TimelineKind kind) => kind switch
    {
        TimelineKind.Ring => "Doorbell",
        TimelineKind.Person => "Person",
        TimelineKind.Vehicle => "DirectionsCar",
        TimelineKind.Animal => "Pets",
        TimelineKind.Package => "Inventory2",
        TimelineKind.Motion => "DirectionsRun",
        TimelineKind.Live => "Videocam",
        _ => "Info",
    };
}
