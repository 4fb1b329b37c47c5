namespace RingPortal.Data.Audit;

/// <summary>What was removed, as it was, sealed under the person's own key: kept for audit, unreadable once that key is gone.</summary>
public sealed class Archive
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Pseudonym of the person it belongs to; null where nobody had claimed it.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>The teardown that wrote it; one archive each.</summary>
    public required Guid TeardownId { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Sealed, compressed JSON.</summary>
    public required byte[] Content { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>.</summary>
    public required byte[] Digest { get; init; }
}
