using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using RingPortal.Web.Account.SecondStep;
using RingPortal.Web.Account.Sessions;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Components;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Account.Pages;

public sealed partial class TwoFactorPage
{
    private SecondFactorView? view;
    private FreshSignIn? person;
    private IReadOnlyList<FieldError> errors = [];
    private IReadOnlyList<string> codes = [];
    private bool isStaff;
    private bool turnedOff;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "returnUrl")]
    private string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(FormName = "confirm", Name = "code")]
    private string? Code { get; set; }

    [Inject]
    private SignIns SignIns { get; set; } = null!;

    [Inject]
    private SessionStart Sessions { get; set; } = null!;

    [Inject]
    private SecondFactors Factors { get; set; } = null!;

    [Inject]
    private SignInLimits Limits { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    [Inject]
    private IOptions<PortalOptions> Portal { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? Target => LocalAddress.OrNull(ReturnUrl);

    private string Here => Target is { } target ? $"{StaffWay.Enrolment}?returnUrl={Uri.EscapeDataString(target)}" : StaffWay.Enrolment;

    private string? Wrong => errors.FirstOrDefault(error => error.FieldId == "code")?.Message;

    protected override async Task OnInitializedAsync()
    {
        person = await SignIns.CurrentAsync(Http, Http.RequestAborted);
        if (person is null)
        {
            return;
        }

        isStaff = person.IsStaff;
        await ReadAsync();
        // Turning it on is a change like any other (look 4.11); to look at it needs nothing.
        if (view is { IsOn: false } && HttpMethods.IsGet(Http.Request.Method))
        {
            IsFresh();
        }
    }

    private async Task BeginAsync()
    {
        if (IsFresh())
        {
            await Factors.BeginAsync(person!.UserId, Http.RequestAborted);
            await ReadAsync();
        }
    }

    private async Task ConfirmAsync()
    {
        if (!IsFresh())
        {
            return;
        }

        if (Limits.SignIn(Http, person!.UserId.ToString()) is { } wait)
        {
            errors = [new FieldError("code", Texts.Format("sys.429.body", ("n", FormAnswer.Slow(Http, wait))))];
        }
        else if (await Factors.ConfirmAsync(person.UserId, Code ?? "", Http.RequestAborted) is { } confirmed)
        {
            await Sessions.StepUpAsync(Http, confirmed.User, person.AuthenticatedAt, Http.RequestAborted);
            codes = confirmed.Codes;
        }
        else
        {
            FormAnswer.Refuse(Http);
            errors = [new FieldError("code", Texts["auth.code"])];
        }
    }

    private async Task RenewCodesAsync()
    {
        if (HasFreshFactor())
        {
            codes = await Factors.RenewCodesAsync(person!.UserId, Http.RequestAborted);
        }
    }

    private async Task TurnOffAsync()
    {
        if (HasFreshFactor() && await Factors.TurnOffAsync(person!.UserId, Http.RequestAborted) is { } user)
        {
            await Sessions.StepDownAsync(Http, user, person.AuthenticatedAt, Http.RequestAborted);
            turnedOff = true;
            await ReadAsync();
        }
    }

    private bool IsFresh() => Or(person?.IsFresh(Clock.GetUtcNow()) is true, $"/Account/Login?again=true&returnUrl={Uri.EscapeDataString(Here)}");

    private bool HasFreshFactor() => Or(person?.HasFreshFactor(Clock.GetUtcNow()) is true, $"{StaffWay.StepUp}?returnUrl={Uri.EscapeDataString(Here)}");

    private bool Or(bool isFresh, string address)
    {
        if (!isFresh)
        {
            Navigation.NavigateTo(address);
        }

        return isFresh;
    }

    private async Task ReadAsync() => view = await Factors.ViewAsync(person!.UserId, Http.RequestAborted);
}
