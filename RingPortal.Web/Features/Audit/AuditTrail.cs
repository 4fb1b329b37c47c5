using System.Text.Json;
using RingPortal.Data;
using RingPortal.Data.Audit;

namespace RingPortal.Web.Features.Audit;

/// <summary>Writes the audit trail, in the transaction of what it records: either both happened or neither.</summary>
public sealed class AuditTrail(AuditSubjects subjects, TimeProvider clock)
{
    /// <summary>Adds a record to the caller's unit of work; the caller saves.</summary>
    public async Task AddAsync(RingPortalContext context, AuditEntry entry, CancellationToken cancellationToken)
    {
        context.AuditRecords.Add(new AuditRecord
        {
            At = clock.GetUtcNow(),
            Action = entry.Action,
            Actor = entry.Actor,
            ActorId = await PseudonymAsync(context, entry.ActorUserId, cancellationToken),
            SubjectId = await PseudonymAsync(context, entry.SubjectUserId, cancellationToken),
            Target = entry.Target,
            Reason = entry.Reason,
            Details = entry.Details is null ? null : JsonSerializer.Serialize(entry.Details, JsonSerializerOptions.Web),
            ArchiveId = entry.Archive?.Id,
            ArchiveDigest = entry.Archive?.Digest,
        });
    }

    private async Task<Guid?> PseudonymAsync(RingPortalContext context, Guid? userId, CancellationToken cancellationToken) =>
        userId is { } person ? (await subjects.OfAsync(context, person, cancellationToken))?.Id : null;
}
