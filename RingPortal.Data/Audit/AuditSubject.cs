namespace RingPortal.Data.Audit;

/// <summary>
/// Who a pseudonym in the audit trail is, and the key that opens this person's archives. Deleting the row erases the person
/// from the trail without changing a record of it.
/// </summary>
public sealed class AuditSubject
{
    /// <summary>The pseudonym: random, so that nothing about the person can be computed from it.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>The portal user.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Sealed 256-bit key of this person's archives.</summary>
    public required byte[] SealedArchiveKey { get; init; }
}
