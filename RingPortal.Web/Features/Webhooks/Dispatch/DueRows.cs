using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Webhooks.Handlers;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>Takes and settles rows of the inbox. What one instance has taken, the others skip.</summary>
internal static class DueRows
{
    /// <summary>The oldest due rows that nobody else has in hand, locked until the commit.</summary>
    public static Task<List<InboxMessage>> TakeAsync(this RingPortalContext context, int most, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Inbox
            .FromSql(
                $"""
                SELECT * FROM webhook_inbox WHERE state = 'Due' AND next_attempt_at <= {now}
                ORDER BY next_attempt_at LIMIT {most} FOR UPDATE SKIP LOCKED
                """)
            .AsNoTracking().ToListAsync(cancellationToken);

    /// <summary>One row, if it is still due and nobody else has it in hand.</summary>
    public static async Task<InboxMessage?> TakeAsync(this RingPortalContext context, Guid id, CancellationToken cancellationToken) =>
        await context.Inbox
            .FromSql($"SELECT * FROM webhook_inbox WHERE id = {id} AND state = 'Due' FOR UPDATE SKIP LOCKED")
            .AsNoTracking().SingleOrDefaultAsync(cancellationToken);

    /// <summary>
    /// Writes what became of rows that were taken. Parked ones wait for a day from their receipt; of dropped ones nothing stays
    /// that names anybody, only the keys against doubles.
    /// </summary>
    public static Task SettleAsync(
        this RingPortalContext context, IReadOnlyCollection<(Guid Id, HandlingOutcome Outcome, int? AnsweredIn)> settled, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = settled.Select(row => row.Id).ToArray();
        var states = settled.Select(row => row.Outcome.State.ToString()).ToArray();
        var words = settled.Select(row => row.Outcome.Words).ToArray();
        var drops = settled.Select(row => row.Outcome.DropsBody).ToArray();
        var answered = settled.Select(row => row.AnsweredIn ?? -1).ToArray();
        var by = DeliveryTry.Here;
        return context.Database.ExecuteSqlAsync(
            $"""
            UPDATE webhook_inbox AS row SET
                state = told.state, outcome = told.words, attempts = row.attempts + 1, last_error = NULL, settled_by = {by},
                answered_in = coalesce(nullif(told.answered, -1), row.answered_in),
                tries = CASE WHEN row.tries IS NOT NULL OR row.attempts > 0 OR told.state = 'Parked'
                    THEN coalesce(row.tries, '[]') || jsonb_build_object('at', {now}, 'by', {by}, 'outcome', told.words) END,
                settled_at = CASE WHEN told.state = 'Parked' THEN NULL ELSE {now} END,
                next_attempt_at = CASE WHEN told.state = 'Parked' THEN row.received_at + interval '24 hours' END,
                body = CASE WHEN told.drops THEN ''::bytea ELSE row.body END,
                account_id = CASE WHEN told.drops THEN NULL ELSE row.account_id END,
                source = CASE WHEN told.drops THEN NULL ELSE row.source END
            FROM unnest({ids}, {states}, {words}, {drops}, {answered}) AS told(id, state, words, drops, answered)
            WHERE row.id = told.id
            """,
            cancellationToken);
    }

    /// <summary>Writes that a try failed, and when the next one is due, if there is one.</summary>
    /// <returns>Whether it was the last try.</returns>
    public static async Task<bool> FailAsync(this RingPortalContext context, InboxMessage message, string error, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var attempts = message.Attempts + 1;
        var isLast = attempts >= RetryPlan.MostAttempts;
        var (state, next) = isLast
            ? (nameof(InboxState.Dead), (DateTimeOffset?)null)
            : (nameof(InboxState.Due), now + RetryPlan.PauseAfter(attempts, Random.Shared.NextDouble()));
        var settled = isLast ? now : (DateTimeOffset?)null;
        var tried = new DeliveryTry(now, DeliveryTry.Here, error, null).Write();
        await context.Database.ExecuteSqlAsync(
            $"""
            UPDATE webhook_inbox SET state = {state}, attempts = {attempts}, last_error = {error}, next_attempt_at = {next}, settled_at = {settled},
                settled_by = {DeliveryTry.Here}, tries = coalesce(tries, '[]') || {tried}::jsonb
            WHERE id = {message.Id} AND state = 'Due' AND attempts = {message.Attempts}
            """,
            cancellationToken);
        return isLast;
    }
}
