namespace RingPortal.Data.Audit;

/// <summary>One look at the whole audit trail: how far it has come and what it found.</summary>
public sealed class AuditCheck
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>When it was asked for (UTC).</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When it was last seen at work (UTC).</summary>
    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>Records looked at so far.</summary>
    public long Done { get; set; }

    /// <summary>Records there are.</summary>
    public long Total { get; set; }

    /// <summary>When it was over (UTC).</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Seals that were compared.</summary>
    public long Seals { get; set; }

    /// <summary>The newest record that a seal closes.</summary>
    public long? ThroughRecord { get; set; }

    /// <summary>The newest seal, as <c>number:mac</c>.</summary>
    public string? NewestSeal { get; set; }

    /// <summary>How many places are not what was written.</summary>
    public int Breaks { get; set; }

    /// <summary>The first of them, in words.</summary>
    public string? FirstBreak { get; set; }
}
