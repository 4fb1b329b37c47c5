using System.Globalization;

namespace RingPortal.Web.Features.Events;

/// <summary>What a reader of the timeline wants to see, as it stands in the address. Nothing chosen means everything.</summary>
/// <param name="Cameras">Only these cameras.</param>
/// <param name="Kinds">Only these kinds.</param>
/// <param name="Day">Only this day, in the reader's zone.</param>
/// <param name="Before">Only what is older than this place.</param>
public sealed record TimelineFilter(
    IReadOnlyList<Guid> Cameras, IReadOnlyList<TimelineKind> Kinds, DateOnly? Day = null, TimelinePosition? Before = null)
{
    /// <summary>Where all events are.</summary>
    public const string Page = "/events";

    /// <summary>Everything, from the newest on.</summary>
    public static TimelineFilter All { get; } = new([], []);

    /// <summary>How many choices were made; where the reader has got to is none.</summary>
    public int Count => Cameras.Count + Kinds.Count + (Day is null ? 0 : 1);

    /// <summary>Reads an address leniently: what makes no sense was not chosen.</summary>
    public static TimelineFilter Read(IEnumerable<string?>? cameras, IEnumerable<string?>? kinds, string? day, string? before) => new(
        [.. (cameras ?? []).Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).OfType<Guid>().Distinct().Order()],
        [.. TimelineKinds.All.Where(kind => kinds?.Contains(kind.Slug(), StringComparer.OrdinalIgnoreCase) is true)],
        ReadDay(day),
        TimelinePosition.Read(before));

    /// <summary>Reads a day as addresses and date fields write it; null for anything else.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>With or without one camera, from the newest on.</summary>
    public TimelineFilter With(Guid camera, bool chosen) =>
        this with { Cameras = [.. Cameras.Where(id => id != camera).Concat(chosen ? [camera] : []).Order()], Before = null };

    /// <summary>With or without one kind, from the newest on.</summary>
    public TimelineFilter With(TimelineKind kind, bool chosen) =>
        this with { Kinds = [.. Kinds.Where(other => other != kind).Concat(chosen ? [kind] : []).Order()], Before = null };

    /// <summary>The address of this view among all events, with an entry open or without.</summary>
    public string Address(Guid? open = null) => TimelinePlace.All.Address(this, open);

    /// <summary>Whether both ask for the same.</summary>
    public bool Equals(TimelineFilter? other) => other is not null && Address() == other.Address();

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Address());
}
