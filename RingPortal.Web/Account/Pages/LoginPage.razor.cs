using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using RingPortal.Data.Account;
using RingPortal.Web.Account.SecondStep;
using RingPortal.Web.Components;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Account.Pages;

public sealed partial class LoginPage
{
    private IReadOnlyList<FieldError> errors = [];
    private string? summary;
    private string? shownEmail;
    private string registerAddress = "/Account/Register";

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery(Name = "signedOut")]
    private bool SignedOut { get; set; }

    /// <summary>Whether the person has just chosen a new password.</summary>
    [SupplyParameterFromQuery(Name = "reset")]
    private bool WasReset { get; set; }

    /// <summary>Whether the person is signed in, but too long ago for what they want to do.</summary>
    [SupplyParameterFromQuery(Name = "again")]
    private bool Again { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in", Name = "email")]
    private string? Email { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in", Name = "password")]
    private string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "sign-in", Name = "returnUrl")]
    private string? PostedReturnUrl { get; set; }

    [Inject]
    private SignIns SignIns { get; set; } = null!;

    [Inject]
    private KnownEmail Known { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    [Inject]
    private IOptions<PortalOptions> Portal { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? Target => LocalAddress.OrNull(PostedReturnUrl) ?? LocalAddress.OrNull(ReturnUrl);

    protected override void OnInitialized()
    {
        shownEmail = Email ?? Known.Read(Http);
        if (Target is { } target)
        {
            registerAddress += $"?returnUrl={Uri.EscapeDataString(target)}";
        }
    }

    private async Task SignInAsync()
    {
        switch (await SignIns.PasswordAsync(Http, Email ?? "", Password ?? "", Http.RequestAborted))
        {
            case SignInOutcome.SignedIn signedIn:
                Navigation.NavigateTo(Target ?? await LandingAsync(signedIn.User));
                break;
            case SignInOutcome.SecondStep:
                Navigation.NavigateTo(SecondStepAddress.For(Target));
                break;
            case SignInOutcome.TooMany tooMany:
                summary = Texts["sys.429.title"];
                errors = [new FieldError("", Texts.Format("sys.429.body", ("n", FormAnswer.Slow(Http, tooMany.RetryAfter))))];
                break;
            default:
                FormAnswer.Refuse(Http);
                errors = [new FieldError("email", Texts["auth.wrong"])];
                break;
        }
    }

    private async Task<string> LandingAsync(PortalUser user) => LandingPlace.For(await SignIns.RolesAsync(user));
}
