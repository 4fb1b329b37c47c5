using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using RingPortal.Web.Components;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Account.Pages;

public sealed partial class RegisterPage
{
    private IReadOnlyList<FieldError> errors = [];
    private string? summary;
    private string loginAddress = "/Account/Login";

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(FormName = "sign-up", Name = "email")]
    private string? Email { get; set; }

    [SupplyParameterFromForm(FormName = "sign-up", Name = "password")]
    private string? Password { get; set; }

    [SupplyParameterFromForm(FormName = "sign-up", Name = "timeZone")]
    private string? TimeZone { get; set; }

    [SupplyParameterFromForm(FormName = "sign-up", Name = "returnUrl")]
    private string? PostedReturnUrl { get; set; }

    [Inject]
    private SignIns SignIns { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    [Inject]
    private IOptions<PortalOptions> Portal { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? Target => LocalAddress.OrNull(PostedReturnUrl) ?? LocalAddress.OrNull(ReturnUrl);

    protected override void OnInitialized()
    {
        if (Target is { } target)
        {
            loginAddress += $"?returnUrl={Uri.EscapeDataString(target)}";
        }
    }

    private async Task SignUpAsync()
    {
        var outcome = await SignIns.SignUpAsync(Http, Email ?? "", Password ?? "", TimeZone, Http.RequestAborted);
        switch (outcome)
        {
            case SignUpOutcome.Created:
                Navigation.NavigateTo(Target ?? LandingPlace.ForConsumer);
                break;
            case SignUpOutcome.TooMany tooMany:
                summary = Texts["sys.429.title"];
                errors = [new FieldError("", Texts.Format("sys.429.body", ("n", FormAnswer.Slow(Http, tooMany.RetryAfter))))];
                break;
            default:
                FormAnswer.Refuse(Http);
                errors = [SignUpErrors.For(outcome, Texts)];
                break;
        }
    }

    private string? ErrorOf(string field) => errors.FirstOrDefault(error => error.FieldId == field)?.Message;
}
