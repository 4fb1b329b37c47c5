using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit;

namespace RingPortal.Web.Features.Events.Gaps;

/// <summary>What operators decide about gaps; each decision is in the audit trail.</summary>
internal sealed class GapDesk(RingPortalContext context, GapFinder finder, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Has the gaps of an outage that were given up, or wait long, filled now, with all their tries.</summary>
    /// <returns>How many.</returns>
    public async Task<int> FillAgainAsync(DateTimeOffset outageEnd, Guid staffUserId, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var again = await context.Database.ExecuteSqlAsync(
            $"""
            UPDATE event_gaps SET state = 'Open', attempts = 0, next_attempt_at = {now}, settled_at = NULL, trail = NULL
            WHERE to_at = {outageEnd} AND state <> 'Filled'
            """,
            cancellationToken);
        return again == 0 ? 0 : await DecidedAsync(transaction, "gap.again", staffUserId, reason, new { until = outageEnd, cameras = again }, again, cancellationToken);
    }

    /// <summary>Lists a gap that the portal could not notice itself, because it was at work and yet got nothing.</summary>
    /// <returns>How many cameras are concerned.</returns>
    public async Task<int> ListAsync(DateTimeOffset from, DateTimeOffset to, Guid staffUserId, string reason, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, to);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var listed = await finder.ListAsync(from, to, "operator", cancellationToken);
        return listed == 0 ? 0 : await DecidedAsync(transaction, "gap.listed", staffUserId, reason, new { from, until = to, cameras = listed }, listed, cancellationToken);
    }

    private async Task<int> DecidedAsync(
        Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, string action, Guid staffUserId, string reason, object details, int count, CancellationToken cancellationToken)
    {
        await audit.AddAsync(context, new AuditEntry(action, AuditActor.Staff) { ActorUserId = staffUserId, Reason = reason, Details = details }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }
}
