namespace RingPortal.Data.Certification;

/// <summary>One run of the machine checks, of all or of one. At most one is open at a time.</summary>
public sealed class CertificationRun
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The only item to check; null for all.</summary>
    public string? Item { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Whether it waits or works. A unique index lets one row be so.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>How many checks it has.</summary>
    public required int Total { get; init; }

    /// <summary>How many of them have ended.</summary>
    public int Done { get; set; }

    /// <summary>The item that is looked at now.</summary>
    public string? Current { get; set; }

    /// <summary>When it ended (UTC); null while it is open.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Fencing token of whoever works on it now.</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>When the lease ends by itself (UTC).</summary>
    public DateTimeOffset? LeaseUntil { get; set; }
}
