namespace RingPortal.Data.Admin;

/// <summary>One line of an alarm's history.</summary>
public sealed class AlarmNote
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The alarm.</summary>
    public required Guid AlarmId { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What: <c>raised</c>, <c>critical</c>, <c>taken</c>, <c>muted</c>, <c>mail</c>, <c>webhook</c>, <c>resolved</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The operator who did it; null when the portal did.</summary>
    public Guid? StaffUserId { get; init; }

    /// <summary>The operator's reason or the portal's finding; no personal data.</summary>
    public string? Text { get; init; }
}
