using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Features.Events;
using RingPortal.Web.Features.Webhooks.Desk;

namespace RingPortal.Web.Features.Webhooks.Pages;

/// <summary>The inbox of Ring's deliveries: what is chosen, which piece of it and which delivery stand in the address.</summary>
public sealed partial class WebhooksPage
{
    private readonly HashSet<object> selected = [];
    private RpConfirm confirm = null!;
    private RpConfirm unfold = null!;
    private InboxFilter filter = new();
    private InboxPage shown = new([], false, false);
    private IReadOnlyDictionary<InboxTab, BoundedCount> counts = new Dictionary<InboxTab, BoundedCount>();
    private IReadOnlyList<BulkRow> bulks = [];
    private InboxDelivery? delivery;
    private InboxVerb asked;
    private IReadOnlyList<Guid> asking = [];
    private string question = "";
    private string? whole;
    private Guid? wholeOf;
    private bool isAll;

    /// <summary>The delivery that is open.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    [SupplyParameterFromQuery]
    private string? Tab { get; set; }

    [SupplyParameterFromQuery]
    private string? Type { get; set; }

    [SupplyParameterFromQuery]
    private string? Account { get; set; }

    [SupplyParameterFromQuery]
    private string? Device { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Before { get; set; }

    [SupplyParameterFromQuery]
    private string? After { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Inject]
    private InboxQueries Inbox { get; set; } = null!;

    [Inject]
    private DeliveryQueries Deliveries { get; set; } = null!;

    [Inject]
    private BulkQueries Bulks { get; set; } = null!;

    [Inject]
    private InboxDesk Desk { get; set; } = null!;

    [Inject]
    private InboxAddress Address { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private DateTimeOffset Now => Time.GetUtcNow();

    private IReadOnlyList<InboxVerb> Verbs => Staff.IsAdmin && filter.Tab.State() is { } state ? state.Verbs() : [];

    private BoundedCount Matching => counts.GetValueOrDefault(filter.Tab) ?? new BoundedCount(0, false);

    private IReadOnlyList<RpTab> Tabs =>
    [
        .. InboxTabs.Listed.Select(tab =>
        {
            var count = counts.GetValueOrDefault(tab);
            return new RpTab(InboxAddress.Write(filter with { Tab = tab }), Texts[DeliveryWords.Tab(tab)], count?.Count, tab == filter.Tab, count?.More is true);
        }),
    ];

    private string? Older => shown is { HasOlder: true, Rows: [.., var last] } ? InboxAddress.Write(filter, before: last.Position) : null;

    private string? Newer => shown is { HasNewer: true, Rows: [var first, ..] } ? InboxAddress.Write(filter, after: first.Position) : null;

    /// <inheritdoc />
    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var chosen = Address.Read(Tab, Type, Account, Device, From, To);
        if (chosen != filter)
        {
            SelectNone();
        }

        filter = chosen;
        shown = await Inbox.PageAsync(filter, Place(Before), Place(After), cancellationToken);
        counts = await Inbox.CountsAsync(filter, cancellationToken);
        bulks = await Bulks.NewestAsync(cancellationToken);
        delivery = Id is { } id ? await Deliveries.DeliveryAsync(id, cancellationToken) : null;
        if (wholeOf != Id)
        {
            (whole, wholeOf) = (null, null);
        }
    }

    private string Href(Guid id) => InboxAddress.Write(filter, id, Place(Before), Place(After));

    private static TimelinePosition? Place(string? text) => TimelinePosition.Read(text);

    private void Apply(InboxFilter chosen) => Navigation.NavigateTo(InboxAddress.Write(chosen));

    private void SelectNone()
    {
        selected.Clear();
        isAll = false;
    }

    private Task AskAsync(InboxVerb verb, IReadOnlyList<Guid> deliveries)
    {
        (asked, asking) = (verb, deliveries);
        var count = deliveries.Count > 0 ? Figures.Count(1) : isAll ? Figures.Count(Matching.Count, Matching.More) : Figures.Count(selected.Count);
        question = count == "1"
            ? Texts[verb is InboxVerb.Again ? "admin.wh.again.one" : "admin.wh.discard.one"]
            : Texts.Format(verb is InboxVerb.Again ? "admin.wh.again.many" : "admin.wh.discard.many", ("n", count));
        return confirm.OpenAsync();
    }

    private async Task<ActOutcome> DecideAsync(string reason)
    {
        var person = (await Session).User;
        var outcome = asking.Count == 0 && isAll
            ? await Desk.DecideAllAsync(person, asked, filter, reason, Left)
            : await Desk.DecideAsync(person, asked, asking.Count > 0 ? asking : [.. selected.OfType<Guid>()], reason, Left);
        if (outcome is ActOutcome.Done)
        {
            SelectNone();
            await RefreshAsync();
        }

        return outcome;
    }

    private async Task<ActOutcome> UnfoldAsync(string reason)
    {
        if (Id is not { } id)
        {
            return new ActOutcome.Refused("admin.wh.gone");
        }

        var (outcome, body) = await Desk.UnfoldAsync((await Session).User, id, reason, Left);
        if (body is not null)
        {
            (whole, wholeOf) = (FoldedPayload.WriteWhole(body) ?? System.Text.Encoding.UTF8.GetString(body), id);
        }

        return outcome;
    }
}
