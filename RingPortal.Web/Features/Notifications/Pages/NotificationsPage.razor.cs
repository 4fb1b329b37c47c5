using System.Globalization;
using Microsoft.AspNetCore.Components;
using RingPortal.Web.Account;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Notifications.Pages;

public sealed partial class NotificationsPage
{
    private IReadOnlyList<NotificationChoice> choices = [];
    private Guid userId;
    private string? waitsFor;
    private bool isSaved;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private SignIns SignIns { get; set; } = null!;

    [Inject]
    private AccountQueries Account { get; set; } = null!;

    [Inject]
    private NotificationSettings Settings { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        if (await SignIns.CurrentAsync(Http, Http.RequestAborted) is not { } person)
        {
            return;
        }

        userId = person.UserId;
        choices = await Settings.OfAsync(userId, Http.RequestAborted);
        waitsFor = await Account.OverviewAsync(userId, Http.RequestAborted) is { EmailConfirmed: false } overview ? overview.Email : null;
    }

    private async Task SaveAsync()
    {
        var form = await Http.Request.ReadFormAsync(Http.RequestAborted);
        // Only what the form showed: a camera that came meanwhile keeps what it has.
        var shown = form["camera"].ToHashSet();
        var chosen = choices.Where(choice => shown.Contains(choice.DeviceId.ToString())).Select(choice => choice with
        {
            Press = form.ContainsKey($"press-{choice.DeviceId}"),
            Person = form.ContainsKey($"person-{choice.DeviceId}"),
            Offline = form.ContainsKey($"offline-{choice.DeviceId}"),
            PeriodMinutes = int.TryParse(form[$"period-{choice.DeviceId}"], CultureInfo.InvariantCulture, out var minutes) ? minutes : choice.PeriodMinutes,
        });
        await Settings.SaveAsync(userId, [.. chosen], Http.RequestAborted);
        choices = await Settings.OfAsync(userId, Http.RequestAborted);
        isSaved = true;
    }
}
