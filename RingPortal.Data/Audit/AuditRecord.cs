namespace RingPortal.Data.Audit;

/// <summary>One thing that was done, by whom, to what. Never changed and never deleted one by one; holds no personal data.</summary>
public sealed class AuditRecord
{
    /// <summary>Number in the order of writing; gaps are possible.</summary>
    public long Id { get; init; }

    /// <summary>Number of the transaction that wrote it: tells which records cannot change any more (set by the database).</summary>
    public long TransactionId { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What, for example <c>link.claimed</c>, <c>device.removed</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What kind of actor. Stored by name.</summary>
    public required AuditActor Actor { get; init; }

    /// <summary>Pseudonym of the acting person; null for Ring and the portal itself.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Pseudonym of the person concerned.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>On what: kind and our own key, for example <c>device:0199…</c>.</summary>
    public string? Target { get; init; }

    /// <summary>Why, as an operator gave it or as Ring said it.</summary>
    public string? Reason { get; init; }

    /// <summary>Facts (JSON): ids, counts, states; nothing personal, nothing secret.</summary>
    public string? Details { get; init; }

    /// <summary>The archive that belongs to it.</summary>
    public Guid? ArchiveId { get; init; }

    /// <summary>SHA-256 of that archive's ciphertext: the chain covers the archive through it.</summary>
    public byte[]? ArchiveDigest { get; init; }
}

/// <summary>Who acted.</summary>
public enum AuditActor
{
    /// <summary>A consumer.</summary>
    Person,

    /// <summary>An operator.</summary>
    Staff,

    /// <summary>Ring, by a call to us or an answer.</summary>
    Ring,

    /// <summary>The portal itself.</summary>
    Portal,
}
