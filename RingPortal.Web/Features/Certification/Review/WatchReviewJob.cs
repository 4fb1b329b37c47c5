using Hangfire;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Certification;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Web.Features.Certification.Review;

/// <summary>
/// Each minute of a review: whether the portal answers from outside, whether a registered setting changed, whether somebody came
/// for the first time. Also begins deletions of review accounts whose beginning was lost.
/// </summary>
[AutomaticRetry(Attempts = 0)]
internal sealed class WatchReviewJob(
    RingPortalContext context,
    ReviewQueries queries,
    ReviewAccounts accounts,
    OutsideCaller caller,
    Alarms alarms,
    MailComposer composer,
    Outbox outbox,
    OutboxWake mail,
    TimeProvider clock)
{
    /// <summary>Key of the alarm about changed settings.</summary>
    public const string Alarm = "review.freeze";

    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(45);

    /// <summary>Runs once; a repeat within the minute changes nothing.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await accounts.SweepAsync(cancellationToken);
        if (await queries.OpenAsync(cancellationToken) is not { } review)
        {
            await alarms.ResolveAsync(Alarm, cancellationToken);
            return;
        }

        await CompareAsync(review, cancellationToken);
        await LookAsync(review, cancellationToken);
        if (review.FirstVisitAt is null && await queries.VisitsAsync(review.StartedAt, 200, cancellationToken) is { Count: > 0 } visits)
        {
            await TellAsync(review, visits[^1].At, cancellationToken);
        }
    }

    private async Task CompareAsync(ReviewPeriod review, CancellationToken cancellationToken)
    {
        var changes = queries.Changes(review);
        if (changes.Count == 0)
        {
            await alarms.ResolveAsync(Alarm, cancellationToken);
            return;
        }

        var words = string.Join("; ", changes.Take(3).Select(change => $"{change.Key} was {change.Old}, is {change.New}"));
        var text = $"A registered setting changed during review: {words}{(changes.Count > 3 ? $"; and {changes.Count - 3} more" : "")}. Put it back or tell Ring.";
        if (!await context.Alarms.AnyAsync(alarm => alarm.Key == Alarm && alarm.ResolvedAt == null && alarm.Text == text, cancellationToken))
        {
            await alarms.RaiseAsync(Alarm, text, cancellationToken);
        }
    }

    private async Task LookAsync(ReviewPeriod review, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var before = now - s_between;
        var mine = await context.Database.ExecuteSqlAsync(
            $"UPDATE review_periods SET looks = looks + 1, looked_at = {now} WHERE id = {review.Id} AND is_open AND (looked_at IS NULL OR looked_at < {before})", cancellationToken);
        if (mine == 1 && await caller.GetAsync(ConfigEndpoint.Path, "application/json", cancellationToken) is { Status: StatusCodes.Status200OK })
        {
            await context.Database.ExecuteSqlAsync($"UPDATE review_periods SET answered = answered + 1 WHERE id = {review.Id}", cancellationToken);
        }
    }

    private async Task TellAsync(ReviewPeriod review, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var first = await context.Database.ExecuteSqlAsync(
            $"UPDATE review_periods SET first_visit_at = {at} WHERE id = {review.Id} AND is_open AND first_visit_at IS NULL", cancellationToken);
        var email = await context.Users.Where(person => person.Id == review.ContactUserId).Select(person => person.Email).SingleOrDefaultAsync(cancellationToken);
        if (first == 1 && email is not null)
        {
            outbox.Add(context, review.ContactUserId, MailKind.Review, composer.Review(email, at));
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (first == 1 && email is not null)
        {
            mail.Wake();
        }
    }
}
