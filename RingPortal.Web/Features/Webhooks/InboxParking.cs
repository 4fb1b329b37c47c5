using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.Webhooks;

/// <summary>Events that came before somebody held their Ring account, or before their camera was known.</summary>
internal static class InboxParking
{
    /// <summary>How long such an event is worth keeping for that.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>
    /// Makes the events of cameras that are known now due again; that such a camera was added is settled by knowing it.
    /// </summary>
    /// <returns>How many.</returns>
    public static Task<int> ReleaseAsync(RingPortalContext context, Guid ringTokenId, string accountId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - Kept;
        return context.Database.ExecuteSqlAsync(
            $"""
            UPDATE webhook_inbox SET
                state = CASE WHEN event_type = 'device_added' THEN 'Done' ELSE 'Due' END,
                outcome = CASE WHEN event_type = 'device_added' THEN 'camera known' ELSE outcome END,
                settled_at = CASE WHEN event_type = 'device_added' THEN {now} END,
                next_attempt_at = CASE WHEN event_type = 'device_added' THEN NULL ELSE {now} END
            WHERE account_id = {accountId} AND state = 'Parked' AND received_at > {oldest}
              AND source IN (SELECT ring_device_id FROM devices WHERE ring_token_id = {ringTokenId} AND removed_at IS NULL)
            """,
            cancellationToken);
    }

    /// <summary>Settles what nobody came for.</summary>
    public static Task<int> ExpireAsync(RingPortalContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = now - Kept;
        return context.Database.ExecuteSqlAsync(
            $"""
            UPDATE webhook_inbox SET state = 'Done', outcome = 'nobody connected within a day', settled_at = {now}, next_attempt_at = NULL
            WHERE state = 'Parked' AND received_at <= {oldest}
            """,
            cancellationToken);
    }
}
