using RingPortal.Web.Features.Certification.Review;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Whether somebody is named who answers Ring during the review.</summary>
internal sealed class ContactCheck(ReviewQueries reviews) : ICertificationCheck
{
    public string Item => "during.contact";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken) =>
        await reviews.ViewAsync(cancellationToken) is not { } review ? CheckFinding.NotApplicable("No review is running; a contact is named when the review mode is started")
            : review.Contact is null ? CheckFinding.Failed("The contact's account is gone; start the review mode anew with somebody else")
            : CheckFinding.Passed("A contact is named and is told of the first visit by e-mail");
}
