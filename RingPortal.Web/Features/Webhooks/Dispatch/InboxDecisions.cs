using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Webhooks;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>What an operator's decision does to deliveries that stopped; the caller records it.</summary>
internal static class InboxDecisions
{
    /// <summary>What the audit trail calls it.</summary>
    public static string ActionOf(InboxVerb verb) => verb is InboxVerb.Again ? "webhook.again" : "webhook.discarded";

    /// <summary>
    /// Makes stopped or parked deliveries due again, with all their tries, or settles stopped ones without effect. Whatever
    /// stands elsewhere meanwhile is left alone.
    /// </summary>
    /// <returns>How many.</returns>
    public static Task<int> DecideAsync(this RingPortalContext context, InboxVerb verb, Guid[] ids, Guid? bulkId, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            verb is InboxVerb.Again
                ? (FormattableString)$"""
                  UPDATE webhook_inbox SET state = 'Due', attempts = 0, next_attempt_at = {now}, settled_at = NULL, bulk_id = {bulkId}
                  WHERE id = ANY({ids}) AND state IN ('Dead', 'Parked')
                  """
                : (FormattableString)$"""
                  UPDATE webhook_inbox SET state = 'Done', outcome = 'discarded', next_attempt_at = NULL, settled_at = {now}, bulk_id = {bulkId}
                  WHERE id = ANY({ids}) AND state = 'Dead'
                  """,
            cancellationToken);
}
