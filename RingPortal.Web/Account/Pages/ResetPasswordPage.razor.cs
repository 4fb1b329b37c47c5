using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using RingPortal.Web.Account.Reset;
using RingPortal.Web.Components;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Account.Pages;

public sealed partial class ResetPasswordPage
{
    private IReadOnlyList<FieldError> errors = [];
    private bool isOld;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "id")]
    private string? Id { get; set; }

    [SupplyParameterFromQuery(Name = "code")]
    private string? Code { get; set; }

    [SupplyParameterFromForm(FormName = "reset", Name = "id")]
    private string? PostedId { get; set; }

    [SupplyParameterFromForm(FormName = "reset", Name = "code")]
    private string? PostedCode { get; set; }

    [SupplyParameterFromForm(FormName = "reset", Name = "password")]
    private string? Password { get; set; }

    [Inject]
    private PasswordReset Reset { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    [Inject]
    private IOptions<PortalOptions> Portal { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    // A posted form must be rendered again to be handled; the handler decides then.
    protected override async Task OnInitializedAsync() =>
        isOld = !HttpMethods.IsPost(Http.Request.Method) && (!Guid.TryParse(Id, out var id) || !await Reset.MayWorkAsync(id, Code, Http.RequestAborted));

    private async Task SetAsync()
    {
        var outcome = Guid.TryParse(PostedId, out var id) ? await Reset.SetAsync(id, PostedCode, Password ?? "", Http.RequestAborted) : new SignUpOutcome.Taken();
        if (outcome is null)
        {
            Navigation.NavigateTo("/Account/Login?reset=true");
            return;
        }

        FormAnswer.Refuse(Http);
        isOld = outcome is SignUpOutcome.Taken;
        errors = isOld ? [] : [SignUpErrors.For(outcome, Texts)];
    }
}
