namespace RingPortal.Web.Features.Certification.Review;

/// <summary>Something to do on a day of the review (contract 11.1, 11.3).</summary>
/// <param name="TextKey">Key of what to do.</param>
/// <param name="DueAt">When (UTC).</param>
/// <param name="IsDue">Whether that day has come.</param>
internal sealed record ReviewReminder(string TextKey, DateTimeOffset DueAt, bool IsDue)
{
    private static readonly (int Days, string TextKey)[] s_days =
        [(1, "admin.cert.review.day1"), (2, "admin.cert.review.day2"), (5, "admin.cert.review.day5"), (14, "admin.cert.review.day14")];

    /// <summary>All of a review that began then.</summary>
    public static IReadOnlyList<ReviewReminder> Of(DateTimeOffset startedAt, DateTimeOffset now) =>
        [.. s_days.Select(day => new ReviewReminder(day.TextKey, startedAt.AddDays(day.Days), startedAt.AddDays(day.Days) <= now))];
}
