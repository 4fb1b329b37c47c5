using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Certification;

namespace RingPortal.Web.Features.Certification.Review;

/// <summary>What is known of the review that runs.</summary>
internal sealed class ReviewQueries(RingPortalContext context, RegisteredSettings settings, TimeProvider clock)
{
    internal const string VisitsSql =
        """
        (SELECT at, 'link' AS kind FROM arrivals WHERE route = 'link' AND at >= {0} AND verdict <> 'check' ORDER BY at DESC LIMIT {1})
        UNION ALL
        (SELECT record.at, record.action AS kind
         FROM review_accounts AS account
         JOIN audit_subjects AS subject ON subject.user_id = account.user_id
         JOIN audit_records AS record ON record.subject_id = subject.id
         WHERE record.at >= {0} ORDER BY record.id DESC LIMIT {1})
        """;

    /// <summary>The review that runs; null when none does.</summary>
    public Task<ReviewPeriod?> OpenAsync(CancellationToken cancellationToken) =>
        context.ReviewPeriods.AsNoTracking().SingleOrDefaultAsync(review => review.IsOpen, cancellationToken);

    /// <summary>Since when the app is in review (UTC); null when it is not.</summary>
    public async Task<DateTimeOffset?> SinceAsync(CancellationToken cancellationToken) => (await OpenAsync(cancellationToken))?.StartedAt;

    /// <summary>Everything that the page shows of it; null when none runs.</summary>
    public async Task<ReviewView?> ViewAsync(CancellationToken cancellationToken)
    {
        if (await OpenAsync(cancellationToken) is not { } review)
        {
            return null;
        }

        var contact = await context.Users.Where(person => person.Id == review.ContactUserId).Select(person => person.Email).SingleOrDefaultAsync(cancellationToken);
        return new ReviewView(review.StartedAt, contact, ReviewUptime.Of(review, clock.GetUtcNow()), review.FirstVisitAt, Changes(review), await VisitsAsync(review.StartedAt, 20, cancellationToken));
    }

    /// <summary>What changed since the submission.</summary>
    public IReadOnlyList<ChangedSetting> Changes(ReviewPeriod review) =>
        RegisteredSettings.Compare(JsonSerializer.Deserialize<Dictionary<string, string>>(review.Settings) ?? [], settings.Read());

    /// <summary>The newest visits that may be the reviewers': everybody who came by Ring's redirect, and what the review account did.</summary>
    public async Task<IReadOnlyList<ReviewVisit>> VisitsAsync(DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        var visits = await context.Database.SqlQueryRaw<ReviewVisit>(VisitsSql, since, most).ToListAsync(cancellationToken);
        return [.. visits.OrderByDescending(visit => visit.At).Take(most)];
    }
}

/// <summary>The review as the page shows it.</summary>
public sealed record ReviewView(
    DateTimeOffset Since, string? Contact, ReviewUptime Uptime, DateTimeOffset? FirstVisitAt, IReadOnlyList<ChangedSetting> Changes, IReadOnlyList<ReviewVisit> Visits);

/// <summary>One visit that may be a reviewer's.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Kind"><c>link</c>, or what the review account did.</param>
public sealed record ReviewVisit(DateTimeOffset At, string Kind);
