using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>What operators decide about deliveries that stopped; each decision is in the audit trail.</summary>
internal sealed class InboxDecisions(RingPortalContext context, AuditTrail audit, InboxWake wake, TimeProvider clock)
{
    /// <summary>Makes a stopped or parked delivery due again, with all its tries.</summary>
    /// <returns>Whether there was such a delivery.</returns>
    public async Task<bool> ProcessAgainAsync(Guid inboxId, Guid staffUserId, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var changed = await DecideAsync(
            $"UPDATE webhook_inbox SET state = 'Due', attempts = 0, next_attempt_at = {now}, settled_at = NULL WHERE id = {inboxId} AND state IN ('Dead', 'Parked')",
            "webhook.again", inboxId, staffUserId, reason, cancellationToken);
        wake.Signal();
        return changed;
    }

    /// <summary>Settles a stopped delivery without effect.</summary>
    /// <returns>Whether there was such a delivery.</returns>
    public Task<bool> DiscardAsync(Guid inboxId, Guid staffUserId, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return DecideAsync(
            $"UPDATE webhook_inbox SET state = 'Done', outcome = 'discarded', next_attempt_at = NULL, settled_at = {now} WHERE id = {inboxId} AND state = 'Dead'",
            "webhook.discarded", inboxId, staffUserId, reason, cancellationToken);
    }

    private async Task<bool> DecideAsync(FormattableString change, string action, Guid inboxId, Guid staffUserId, string reason, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.Database.ExecuteSqlAsync(change, cancellationToken) == 0)
        {
            return false;
        }

        await audit.AddAsync(context, new AuditEntry(action, AuditActor.Staff) { ActorUserId = staffUserId, Target = $"delivery:{inboxId}", Reason = reason }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
