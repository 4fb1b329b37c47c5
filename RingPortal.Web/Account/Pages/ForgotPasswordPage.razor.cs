using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using RingPortal.Web.Account.Reset;
using RingPortal.Web.Components;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Account.Pages;

public sealed partial class ForgotPasswordPage
{
    private IReadOnlyList<FieldError> errors = [];
    private string? summary;
    private string? sentTo;
    private string? shownEmail;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "forgot", Name = "email")]
    private string? Email { get; set; }

    [Inject]
    private ResetMail Mail { get; set; } = null!;

    [Inject]
    private KnownEmail Known { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    [Inject]
    private IOptions<PortalOptions> Portal { get; set; } = null!;

    protected override void OnInitialized() => shownEmail = Email ?? Known.Read(Http);

    private void Send()
    {
        var typed = (Email ?? "").Trim();
        if (!EmailAddress.IsPlausible(typed))
        {
            FormAnswer.Refuse(Http);
            errors = [new FieldError("email", Texts["auth.email.bad"])];
        }
        else if (Mail.SendLater(Http, typed) is { } wait)
        {
            summary = Texts["sys.429.title"];
            errors = [new FieldError("", Texts.Format("sys.429.body", ("n", FormAnswer.Slow(Http, wait))))];
        }
        else
        {
            sentTo = typed;
        }
    }
}
