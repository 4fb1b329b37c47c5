using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Notifications;

namespace RingPortal.Web.Features.Notifications;

/// <summary>
/// Hands out due rows under a fenced lease. No lock is held while a message travels: whoever lost the lease in the
/// meantime changes nothing any more.
/// </summary>
internal sealed class OutboxQueue(RingPortalContext context, TimeProvider time)
{
    /// <summary>Longer than a transport's patience, so that a slow server never makes two workers send.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public async Task<OutboxEmail?> TakeAsync(CancellationToken cancellationToken)
    {
        var (now, lease) = (time.GetUtcNow(), Guid.CreateVersion7());
        var until = now + Lease;
        var taken = await context.OutboxEmails.FromSql(
            $"""
            UPDATE outbox_emails SET lease_id = {lease}, lease_until = {until}, attempts = attempts + 1
            WHERE id = (
                SELECT id FROM outbox_emails
                WHERE sent_at IS NULL AND next_attempt_at <= {now} AND sealed_message IS NOT NULL AND expires_at > {now}
                    AND (lease_until IS NULL OR lease_until <= {now})
                ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return taken.Count == 0 ? null : taken[0];
    }

    public Task<int> SentAsync(OutboxEmail email, CancellationToken cancellationToken) =>
        Mine(email).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.SentAt, time.GetUtcNow()).SetProperty(row => row.SealedMessage, (byte[]?)null)
                .SetProperty(row => row.LeaseId, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);

    public Task<int> TryLaterAsync(OutboxEmail email, TimeSpan wait, CancellationToken cancellationToken) =>
        Mine(email).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.NextAttemptAt, time.GetUtcNow() + wait)
                .SetProperty(row => row.LeaseId, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);

    public Task<int> GiveUpAsync(OutboxEmail email, CancellationToken cancellationToken) =>
        Mine(email).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.SealedMessage, (byte[]?)null)
                .SetProperty(row => row.LeaseId, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);

    /// <summary>Drops the text of messages that nobody needs any more.</summary>
    public Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return context.OutboxEmails
            .Where(row => row.SentAt == null && row.SealedMessage != null && row.ExpiresAt <= now && (row.LeaseUntil == null || row.LeaseUntil <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SealedMessage, (byte[]?)null), cancellationToken);
    }

    private IQueryable<OutboxEmail> Mine(OutboxEmail email) =>
        context.OutboxEmails.Where(row => row.Id == email.Id && row.LeaseId == email.LeaseId);
}
