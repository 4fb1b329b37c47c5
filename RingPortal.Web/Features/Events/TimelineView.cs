using System.Text.Json.Serialization;
using RingPortal.Web.Features.Devices;

namespace RingPortal.Web.Features.Events;

/// <summary>A piece of the timeline.</summary>
/// <param name="Cameras">All cameras of the person, to choose from.</param>
/// <param name="Entries">What happened, newest first.</param>
/// <param name="HasOlder">Whether there is more behind the last one.</param>
/// <param name="TimeZone">IANA zone of the reader; null until known.</param>
public sealed record TimelineView(IReadOnlyList<CameraName> Cameras, IReadOnlyList<TimelineEntry> Entries, bool HasOlder, string? TimeZone)
{
    /// <summary>Times among them of which events may be missing, newest first.</summary>
    public IReadOnlyList<TimelineGap> Gaps { get; init; } = [];

    /// <summary>How far Ring's history is read.</summary>
    public TimelineHistory History { get; init; } = new(MayHaveOlder: false);

    /// <summary>The cameras whose events wait for a plan.</summary>
    [JsonIgnore]
    public IEnumerable<CameraName> Closed => Cameras.Where(camera => camera.NeedsPlan);

    /// <summary>Whether there is nothing to see for want of a plan alone.</summary>
    [JsonIgnore]
    public bool AllClosed => Cameras.Count > 0 && Cameras.All(camera => camera.NeedsPlan);

    /// <summary>Name of the camera of an entry.</summary>
    public string? NameOf(TimelineEntry entry) => Cameras.FirstOrDefault(camera => camera.Id == entry.DeviceId)?.Name;
}
