using RingPortal.Web.Features.Certification.Review;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Whether what is registered is as it was at the submission.</summary>
internal sealed class FrozenCheck(ReviewQueries reviews) : ICertificationCheck
{
    public string Item => "during.frozen";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken) =>
        await reviews.OpenAsync(cancellationToken) is not { } review
            ? CheckFinding.NotApplicable("No review is running; settings are compared from the start of the review mode on")
            : CheckFinding.Of(reviews.Changes(review).Select(change => $"{change.Key} was {change.Old}, is {change.New}"), $"Nothing changed since {review.StartedAt:yyyy-MM-dd HH:mm} UTC");
}
