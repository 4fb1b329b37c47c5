using RingPortal.Data.Events;
using RingPortal.Web.Features.Webhooks.Handlers;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Events.History;

/// <summary>Ring's words of the history in the words of the timeline; deliveries have words of their own.</summary>
internal static class HistoryWords
{
    /// <summary>Motion of any other class is just motion to people: not worth a question.</summary>
    public static readonly IReadOnlyList<string> AskedClasses = [MotionClass.Human, "vehicle", "animal"];

    /// <summary>What happened. The motion class stays open where Ring does not say it.</summary>
    public static (DeviceEventKind Kind, string? SubType) Of(RingHistoryEvent entry) => entry.EventType switch
    {
        RingHistoryTypes.Motion => (DeviceEventKind.Motion, entry.SubType is { } known ? MotionClass.Of(known) : null),
        RingHistoryTypes.Ding => (DeviceEventKind.Press, null),
        RingHistoryTypes.OnDemand => (DeviceEventKind.LiveView, null),
        var other => (DeviceEventKind.Other, other),
    };
}
