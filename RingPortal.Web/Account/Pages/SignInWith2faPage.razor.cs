using Microsoft.AspNetCore.Components;
using RingPortal.Web.Account.SecondStep;

namespace RingPortal.Web.Account.Pages;

public sealed partial class SignInWith2faPage : SecondStepPageBase
{
    [Inject]
    private SecondSteps Steps { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        // Too late, or never begun: from the start.
        if (await Steps.WaitingAsync(Http, Http.RequestAborted) is null)
        {
            Navigation.NavigateTo(Target is { } target ? $"/Account/Login?returnUrl={Uri.EscapeDataString(target)}" : "/Account/Login");
        }
    }

    private async Task ContinueAsync()
    {
        var outcome = await Steps.SignInAsync(Http, Entry, Http.RequestAborted);
        if (outcome is SignInOutcome.SignedIn signedIn)
        {
            Navigation.NavigateTo(Target ?? LandingPlace.For(await SignIns.RolesAsync(signedIn.User, Http.RequestAborted)));
        }
        else
        {
            Refuse(outcome);
        }
    }
}
