using Microsoft.AspNetCore.Components;
using RingPortal.Web.Account.SecondStep;
using RingPortal.Web.Account.Staff;

namespace RingPortal.Web.Account.Pages;

public sealed partial class StepUpPage : SecondStepPageBase
{
    private FreshSignIn? person;
    private bool isStaff;

    [Inject]
    private SecondSteps Steps { get; set; } = null!;

    [Inject]
    private SecondFactors Factors { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        person = await SignIns.CurrentAsync(Http, Http.RequestAborted);
        isStaff = person?.IsStaff is true;
        // Nothing could be asked for.
        if (person is not null && await Factors.ViewAsync(person.UserId, Http.RequestAborted) is not { IsOn: true })
        {
            Navigation.NavigateTo(Target is { } target ? $"{StaffWay.Enrolment}?returnUrl={Uri.EscapeDataString(target)}" : StaffWay.Enrolment);
        }
    }

    private async Task ContinueAsync()
    {
        var outcome = person is null ? new SignInOutcome.Wrong() : await Steps.StepUpAsync(Http, person, Entry, Http.RequestAborted);
        if (outcome is SignInOutcome.SignedIn)
        {
            Navigation.NavigateTo(Target ?? "/Account");
        }
        else
        {
            Refuse(outcome);
        }
    }
}
