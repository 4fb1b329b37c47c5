using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using RingPortal.Web.Account.SecondStep;
using RingPortal.Web.Components;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Account.Pages;

/// <summary>A page that asks for one code, of the authenticator or of the recovery codes (look 4.3).</summary>
public abstract class SecondStepPageBase : ComponentBase
{
    private protected IReadOnlyList<FieldError> errors = [];
    private protected string? summary;

    [CascadingParameter]
    private protected HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private protected string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery(Name = "recovery")]
    private protected bool Recovery { get; set; }

    [SupplyParameterFromForm(FormName = "second-step", Name = "code")]
    private protected string? Code { get; set; }

    [Inject]
    private protected SignIns SignIns { get; set; } = null!;

    [Inject]
    private protected Texts Texts { get; set; } = null!;

    [Inject]
    private protected IOptions<PortalOptions> Portal { get; set; } = null!;

    [Inject]
    private protected NavigationManager Navigation { get; set; } = null!;

    private protected string? Target => LocalAddress.OrNull(ReturnUrl);

    /// <summary>This page, asking for the other kind of code.</summary>
    private protected string OtherWay => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["recovery"] = Recovery ? null : true,
        ["returnUrl"] = Target,
    });

    private protected string? Wrong => errors.FirstOrDefault(error => error.FieldId == "code")?.Message;

    private protected SecondFactorEntry Entry => new(Code ?? "", Recovery);

    private protected void Refuse(SignInOutcome outcome)
    {
        if (outcome is SignInOutcome.TooMany tooMany)
        {
            summary = Texts["sys.429.title"];
            errors = [new FieldError("", Texts.Format("sys.429.body", ("n", FormAnswer.Slow(Http, tooMany.RetryAfter))))];
        }
        else
        {
            FormAnswer.Refuse(Http);
            errors = [new FieldError("code", Texts[Recovery ? "second.recovery.wrong" : "auth.code"])];
        }
    }
}
