namespace RingPortal.Data.Admin;

/// <summary>A message about an alarm that is to be posted to the operators' own address. Holds no secret.</summary>
public sealed class AlarmPost
{
    /// <summary>Time-ordered key; stays the same however often it is tried.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The alarm.</summary>
    public required Guid AlarmId { get; init; }

    /// <summary>The JSON that is posted.</summary>
    public required string Body { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When posting is next due (UTC); null when it was taken or given up.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When the other side took it (UTC).</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Why the last try failed: a status or the kind of failure.</summary>
    public string? LastError { get; set; }
}
