namespace RingPortal.Data.Audit;

/// <summary>
/// Closes the records of about a minute: a digest of them, chained to the seal before it by an HMAC whose key is kept
/// outside the database.
/// </summary>
public sealed class AuditSeal
{
    /// <summary>Number of the seal, from 1 without gaps.</summary>
    public long Number { get; init; }

    /// <summary>When it was made (UTC).</summary>
    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>
    /// Every record of a transaction below this number is in this seal or an older one; the next seal begins here. When the
    /// seal was made, all transactions below it had ended.
    /// </summary>
    public required long SettledBefore { get; init; }

    /// <summary>Number that the next transaction would get when the seal was made: a record from before the seal cannot have a higher one.</summary>
    public required long StartedBefore { get; init; }

    /// <summary>Numbers of the records it closes, ascending.</summary>
    public required long[] RecordIds { get; init; }

    /// <summary>The first 8 bytes of each record's SHA-256, in the same order: tells which record was changed.</summary>
    public required byte[] RecordMarks { get; init; }

    /// <summary>SHA-256 over the SHA-256 of each of these records.</summary>
    public required byte[] Digest { get; init; }

    /// <summary>HMAC of the seal before it; empty for the first.</summary>
    public required byte[] PreviousMac { get; init; }

    /// <summary>HMAC-SHA256 over everything above and <see cref="KeyId"/>.</summary>
    public required byte[] Mac { get; init; }

    /// <summary>Which of <c>Audit__SealKeys</c> made it: the beginning of the key's hash.</summary>
    public required byte[] KeyId { get; init; }

    /// <summary>When its records were pruned by retention (UTC); the seal itself stays.</summary>
    public DateTimeOffset? PrunedAt { get; set; }
}
