using RingPortal.Web.Features.Certification.Review;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>How well the portal answered since the submission, as recorded each minute.</summary>
internal sealed class UpCheck(ReviewQueries reviews, TimeProvider clock) : ICertificationCheck
{
    private const double Wanted = 99;

    public string Item => "during.up";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        if (await reviews.OpenAsync(cancellationToken) is not { } review)
        {
            return CheckFinding.NotApplicable("No review is running; it is recorded from the start of the review mode on");
        }

        var uptime = ReviewUptime.Of(review, clock.GetUtcNow());
        return uptime.Minutes == 0 ? CheckFinding.NotRecorded("The first minute of the review is not over")
            : uptime.Percent >= Wanted ? CheckFinding.Passed($"The portal {uptime.Words}")
            : CheckFinding.Failed($"The portal {uptime.Words}");
    }
}
