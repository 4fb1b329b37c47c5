namespace RingPortal.Data.Events;

/// <summary>One entry of a household's timeline: somebody rang, something moved. Facts only, no picture.</summary>
public sealed class DeviceEvent
{
    /// <summary>Time-ordered key, the one in addresses.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The camera that saw it.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>The portal user whose timeline it stands in.</summary>
    public required Guid UserId { get; init; }

    /// <summary>What happened. Stored by name.</summary>
    public required DeviceEventKind Kind { get; init; }

    /// <summary>Ring's motion class (contract 5.7.1), for example <c>human</c>; for other events their type; null for a press.</summary>
    public string? SubType { get; init; }

    /// <summary>When it happened at Ring (UTC); when Ring did not say, when we learnt it.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it was written here (UTC).</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Ring's event id (<c>data.id</c>), or what stands for it: one event is recorded once per camera.</summary>
    public required string SourceKey { get; init; }

    /// <summary>The delivery that brought it; null for what was filled in from the event history.</summary>
    public Guid? InboxId { get; init; }
}

/// <summary>What happened in front of a camera.</summary>
public enum DeviceEventKind
{
    /// <summary>Something moved inside a motion zone (contract 5.7.1).</summary>
    Motion,

    /// <summary>Somebody pressed the doorbell (contract 5.7.2).</summary>
    Press,

    /// <summary>Anything that this version does not know; kept and shown as such.</summary>
    Other,
}
