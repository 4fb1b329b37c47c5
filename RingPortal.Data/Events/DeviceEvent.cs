namespace RingPortal.Data.Events;

/// <summary>One entry of a household's timeline: somebody rang, something moved. Facts only, no picture.</summary>
public sealed class DeviceEvent
{
    /// <summary>The sub-type of a live view that was watched here.</summary>
    public const string OwnView = "own";

    /// <summary>Time-ordered key, the one in addresses.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The camera that saw it.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>The portal user whose timeline it stands in.</summary>
    public required Guid UserId { get; init; }

    /// <summary>What happened. Stored by name.</summary>
    public required DeviceEventKind Kind { get; init; }

    /// <summary>
    /// Ring's motion class (contract 5.7.1), for example <c>human</c>, null while nobody asked for it; for a live view
    /// <see cref="OwnView"/> or null; for other events their type; null for a press.
    /// </summary>
    public string? SubType { get; set; }

    /// <summary>When it happened at Ring (UTC); when Ring did not say, when we learnt it.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it was written here (UTC).</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Ring's event id (<c>data.id</c>), or what stands for it: one event is recorded once per camera.</summary>
    public required string SourceKey { get; set; }

    /// <summary>The delivery that brought it; null for what only the event history told.</summary>
    public Guid? InboxId { get; set; }

    /// <summary>When it was over (UTC); null while it runs, and where Ring did not say.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Ring's id of it in the event history (contract 10.1); null for what only a delivery told.</summary>
    public string? HistoryId { get; set; }

    /// <summary>Whether this app has fetched its recording, as Ring sees it (<c>is_third_party_reviewed</c>).</summary>
    public bool Reviewed { get; set; }

    /// <summary>How we know of it. Stored by name.</summary>
    public EventOrigin Origin { get; set; }
}

/// <summary>How an event became known.</summary>
public enum EventOrigin
{
    /// <summary>Ring delivered it.</summary>
    Delivery,

    /// <summary>It was read in Ring's event history.</summary>
    History,

    /// <summary>Both ways; it is one entry whichever came first.</summary>
    Both,
}

/// <summary>What happened in front of a camera.</summary>
public enum DeviceEventKind
{
    /// <summary>Something moved inside a motion zone (contract 5.7.1).</summary>
    Motion,

    /// <summary>Somebody pressed the doorbell (contract 5.7.2).</summary>
    Press,

    /// <summary>Somebody watched live, here or elsewhere (contract 10.1, <c>on_demand</c>). No delivery tells of it.</summary>
    LiveView,

    /// <summary>Anything that this version does not know; kept and shown as such.</summary>
    Other,
}
