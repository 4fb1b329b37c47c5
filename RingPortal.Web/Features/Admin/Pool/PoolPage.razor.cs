using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Admin.Pool;

/// <summary>The pool of tokens and all installations.</summary>
public sealed partial class PoolPage
{
    private PoolFigures figures = null!;
    private TimeSpan? age;
    private IReadOnlyList<PoolAge> ages = [];
    private IReadOnlyList<PoolSize> history = [];
    private IReadOnlyDictionary<PoolTab, int> counts = null!;
    private PoolLinks links = null!;
    private PoolConfirm confirm = null!;
    private RpConfirm cleanUp = null!;
    private string? told;

    [SupplyParameterFromQuery(Name = "tab")]
    private string? TabText { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? BeforeText { get; set; }

    [CascadingParameter]
    private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    [Inject]
    private IOptions<PoolOptions> Options { get; set; } = null!;

    [Inject]
    private PoolQueries Queries { get; set; } = null!;

    [Inject]
    private PoolRepairs Repairs { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private PoolTab Current => PoolTabs.Read(TabText) ?? PoolTab.Unclaimed;

    private Guid? Before => Guid.TryParse(BeforeText, out var id) ? id : null;

    /// <inheritdoc />
    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        figures = await Queries.FiguresAsync(cancellationToken);
        ages = await Queries.AgesAsync(cancellationToken);
        history = await Queries.HistoryAsync(cancellationToken);
        counts = await Queries.CountsAsync(cancellationToken);
        links = await Queries.LinksAsync(Current, Before, cancellationToken);
        age = figures.Oldest is { } oldest ? Time.GetUtcNow() - oldest : null;
    }

    private static string Address(PoolTab tab, Guid? before = null) => $"/admin/pool?tab={tab.Slug()}{(before is { } id ? $"&before={id}" : null)}";

    private RpTab Tab(PoolTab tab)
    {
        var count = counts[tab];
        return new RpTab(Address(tab), Texts[$"admin.pool.tab.{tab.Slug()}"], Math.Min(count, PoolQueries.MostCounted), tab == Current, count > PoolQueries.MostCounted);
    }

    private async Task<ActOutcome> CleanUpAsync(string reason)
    {
        var (outcome, cleaned) = await Repairs.CleanUpAsync((await SignedIn).User, reason, CancellationToken.None);
        if (cleaned is not null)
        {
            await TellAsync(Texts.Format("admin.pool.clean.done", ("n", cleaned.Expired), ("lost", cleaned.Lost)));
        }

        return outcome;
    }

    private Task TellAsync(string words)
    {
        told = words;
        return RefreshAsync();
    }
}
