using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Account.Pages;

public sealed partial class ConfirmEmailPage
{
    private State state = State.Asking;
    private Guid userId;
    private string email = "";

    private enum State
    {
        Asking,
        Confirmed,
        Old,
    }

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "code")]
    private string? Code { get; set; }

    [SupplyParameterFromForm(FormName = "confirm", Name = "code")]
    private string? PostedCode { get; set; }

    [Inject]
    private SignIns SignIns { get; set; } = null!;

    [Inject]
    private AccountQueries Queries { get; set; } = null!;

    [Inject]
    private EmailConfirmation Confirmation { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    [Inject]
    private IOptions<PortalOptions> Portal { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if (await SignIns.CurrentAsync(Http, Http.RequestAborted) is not { } person)
        {
            state = State.Old;
            return;
        }

        var account = await Queries.OverviewAsync(person.UserId, Http.RequestAborted);
        (userId, email) = (person.UserId, account?.Email ?? person.Email);
        // A posted form must be rendered again to be handled; the handler decides then.
        if (!HttpMethods.IsPost(Http.Request.Method))
        {
            state = account?.EmailConfirmed is true ? State.Confirmed : await AskingOrOldAsync();
        }
    }

    private async Task<State> AskingOrOldAsync() =>
        await Confirmation.MayWorkAsync(userId, Code, Http.RequestAborted) ? State.Asking : State.Old;

    private async Task ConfirmAsync() =>
        state = await Confirmation.ConfirmAsync(userId, PostedCode, Http.RequestAborted) ? State.Confirmed : State.Old;
}
