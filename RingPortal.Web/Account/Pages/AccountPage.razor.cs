using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using RingPortal.Web.Components;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Account.Pages;

public sealed partial class AccountPage
{
    private AccountOverview? account;
    private Guid userId;
    private bool isStaff;
    private string? notice;
    private StatusKind noticeKind = StatusKind.Success;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "notice")]
    private string? Notice { get; set; }

    [SupplyParameterFromForm(FormName = "time-zone", Name = "timeZone")]
    private string? TimeZone { get; set; }

    [Inject]
    private SignIns SignIns { get; set; } = null!;

    [Inject]
    private AccountQueries Queries { get; set; } = null!;

    [Inject]
    private Profile Profile { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    [Inject]
    private IOptions<PortalOptions> Portal { get; set; } = null!;

    private string Chosen => account?.TimeZone ?? "UTC";

    private IEnumerable<string> Zones => TimeZones.All.Contains(Chosen) ? TimeZones.All : TimeZones.All.Prepend(Chosen);

    private string TimeThere(string zone) => PeopleTime.Clock(Clock.GetUtcNow(), TimeZones.OrUtc(zone));

    protected override async Task OnInitializedAsync()
    {
        if (await SignIns.CurrentAsync(Http, Http.RequestAborted) is not { } person)
        {
            return;
        }

        (userId, isStaff) = (person.UserId, person.IsStaff);
        await ReadAsync();
        (notice, noticeKind) = Notice switch
        {
            "sent" => (Texts.Format("auth.verify.sent", ("email", person.Email)), StatusKind.Success),
            "wait" => (Texts["account.verify.wait"], StatusKind.Warning),
            _ => (null, StatusKind.Success),
        };
    }

    private async Task SaveTimeZoneAsync()
    {
        var saved = await Profile.SetTimeZoneAsync(userId, TimeZone, Http.RequestAborted);
        if (!saved)
        {
            FormAnswer.Refuse(Http);
        }

        (notice, noticeKind) = saved ? (Texts["account.zone.saved"], StatusKind.Success) : (Texts["account.zone.unknown"], StatusKind.Error);
        await ReadAsync();
    }

    private async Task ReadAsync() => account = await Queries.OverviewAsync(userId, Http.RequestAborted);
}
