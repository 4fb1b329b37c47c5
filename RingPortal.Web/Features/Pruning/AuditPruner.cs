using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Audit.Verification;

namespace RingPortal.Web.Features.Pruning;

/// <summary>
/// Shortens the audit trail by whole seals, through the one function that lets the portal's role do it, and records that in
/// the trail itself: verification accepts missing records only where the trail says that they were pruned.
/// </summary>
internal sealed class AuditPruner(RingPortalContext context, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Seals of one transaction.</summary>
    public const int Seals = 20;

    /// <summary>Prunes the oldest seals that are old enough.</summary>
    /// <returns>How many.</returns>
    public async Task<int> PruneAsync(int retentionDays, CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow().AddDays(-retentionDays);
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var pruned = (await context.Database.SqlQuery<int>($"""SELECT prune_audit({before}, {Seals}) AS "Value" """).ToListAsync(cancellationToken))[0];
        if (pruned == 0)
        {
            return 0;
        }

        var through = await context.AuditSeals.Where(seal => seal.PrunedAt != null).MaxAsync(seal => seal.Number, cancellationToken);
        await audit.AddAsync(
            context,
            new AuditEntry(PruneCheck.Action, AuditActor.Portal) { Details = new Dictionary<string, long> { [PruneCheck.Through] = through, ["seals"] = pruned } },
            cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return pruned;
    }
}
