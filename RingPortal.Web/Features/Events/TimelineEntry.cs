using System.Text.Json.Serialization;
using RingPortal.Data.Events;

namespace RingPortal.Web.Features.Events;

/// <summary>One entry of the timeline as its owner sees it.</summary>
/// <param name="Id">The one in addresses.</param>
/// <param name="DeviceId">The camera that saw it.</param>
/// <param name="Kind">What happened.</param>
/// <param name="SubType">Ring's motion class, where there is one.</param>
/// <param name="OccurredAt">When (UTC).</param>
public sealed record TimelineEntry(Guid Id, Guid DeviceId, DeviceEventKind Kind, string? SubType, DateTimeOffset OccurredAt)
{
    /// <summary>What people call it.</summary>
    [JsonIgnore]
    public TimelineKind Word => TimelineKinds.Of(Kind, SubType);

    /// <summary>Key of what it is called in a row.</summary>
    [JsonIgnore]
    public string TextKey => Kind is DeviceEventKind.LiveView && SubType is DeviceEvent.OwnView ? $"{Word.TextKey()}.own" : Word.TextKey();

    /// <summary>Its place in the order of the timeline.</summary>
    [JsonIgnore]
    public TimelinePosition Position => new(OccurredAt, Id);
}
