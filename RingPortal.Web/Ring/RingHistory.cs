namespace RingPortal.Web.Ring;

/// <summary>Which page of a camera's event history (contract 10.1).</summary>
/// <param name="DeviceId">Ring's id of the camera.</param>
/// <param name="EventTypes">Only these, as Ring writes them, separated by commas; plain (<c>ding</c>) or dotted (<c>motion.human</c>). Null for all.</param>
/// <param name="Next">Where the page before led; null for the newest.</param>
public sealed record RingHistoryRequest(string DeviceId, string? EventTypes = null, string? Next = null)
{
    /// <summary>Never the address.</summary>
    public override string ToString() => nameof(RingHistoryRequest);
}

/// <summary>One page of a camera's event history.</summary>
/// <param name="Events">What happened, newest first.</param>
/// <param name="Next">Where older events are, to be followed as it is; null at the end.</param>
public sealed record RingHistoryPage(IReadOnlyList<RingHistoryEvent> Events, string? Next)
{
    /// <summary>Never the address.</summary>
    public override string ToString() => nameof(RingHistoryPage);
}

/// <summary>An entry of the event history. It has other names and another id than the delivery of the same event.</summary>
/// <param name="Id">Ring's id of the entry: opaque.</param>
/// <param name="EventType">Ring's word, for example <c>ding</c>; a word that nobody knows is kept.</param>
/// <param name="SubType">Motion class, where Ring says one although it is not documented.</param>
/// <param name="Start">When it began (UTC).</param>
/// <param name="End">When it was over (UTC); null while it runs.</param>
/// <param name="IsReviewed">Whether this app has fetched its recording.</param>
/// <param name="DeviceId">Ring's id of the camera; null when Ring did not say.</param>
public sealed record RingHistoryEvent(string Id, string EventType, string? SubType, DateTimeOffset Start, DateTimeOffset? End, bool IsReviewed, string? DeviceId);

/// <summary>Ring's words of the event history (contract 10.1).</summary>
public static class RingHistoryTypes
{
    /// <summary>Something moved; deliveries call it <c>motion_detected</c>.</summary>
    public const string Motion = "motion";

    /// <summary>Somebody pressed the doorbell; deliveries call it <c>button_press</c>.</summary>
    public const string Ding = "ding";

    /// <summary>Somebody watched live; there is no delivery of it.</summary>
    public const string OnDemand = "on_demand";

    /// <summary>The filter that finds the motion of one class.</summary>
    public static string MotionOf(string subType) => $"{Motion}.{subType}";
}
