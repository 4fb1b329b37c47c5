using RingPortal.Web.Features.Audit.Sealing;

namespace RingPortal.Web.Features.Audit.Verification;

/// <summary>What a look at the whole trail found.</summary>
/// <param name="Records">How many records were compared with their seals.</param>
/// <param name="Seals">How many seals there are.</param>
/// <param name="Newest">The newest seal: worth keeping outside the database.</param>
/// <param name="SealedAt">When that was made (UTC).</param>
/// <param name="Breaks">Where the trail is not what was written, in the order found.</param>
internal sealed record AuditVerdict(long Records, long Seals, AuditMark? Newest, DateTimeOffset? SealedAt, IReadOnlyList<AuditBreak> Breaks)
{
    /// <summary>Nothing was changed, lost, put in or cut off.</summary>
    public bool IsWhole => Breaks.Count == 0;

    /// <summary>The newest record that a seal closes; null while there is none.</summary>
    public long? Through { get; init; }
}

/// <summary>One place where the trail is not what was written.</summary>
/// <param name="Kind">What happened to it.</param>
/// <param name="RecordId">The record, where it is about one.</param>
/// <param name="Seal">The seal, where it is about one.</param>
/// <param name="Text">The same in words.</param>
internal sealed record AuditBreak(AuditBreakKind Kind, long? RecordId, long? Seal, string Text);

/// <summary>How far a look has come.</summary>
internal sealed record AuditProgress(long Done, long Total);

/// <summary>What happened to the trail.</summary>
public enum AuditBreakKind
{
    /// <summary>A record is not what was sealed; two that were exchanged are both found.</summary>
    RecordChanged,

    /// <summary>A sealed record is gone.</summary>
    RecordLost,

    /// <summary>A record was put in afterwards.</summary>
    RecordInserted,

    /// <summary>A record is old and nobody has sealed it.</summary>
    NotSealed,

    /// <summary>A seal is not what was made, or another stands in its place.</summary>
    SealChanged,

    /// <summary>A seal is gone.</summary>
    SealLost,

    /// <summary>The end of the trail is cut off, or no seal has been made for long.</summary>
    CutOff,

    /// <summary>An archive was changed, lost or put in.</summary>
    Archive,
}
