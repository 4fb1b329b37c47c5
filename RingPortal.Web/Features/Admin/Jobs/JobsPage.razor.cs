using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>Jobs by state, the timetable and removals; search, and acts on one, on some, on all that match.</summary>
public sealed partial class JobsPage
{
    private readonly HashSet<object> selected = [];
    private IReadOnlyDictionary<JobTab, int> counts = null!;
    private JobList list = new([], HasOlder: false);
    private TeardownList teardowns = new([], HasOlder: false);
    private IReadOnlyList<RecurringRow> timetable = [];
    private IReadOnlyList<WorkerRow> workers = [];
    private IReadOnlyList<JobTypeFigures> kinds = [];
    private IReadOnlyList<BulkProgress> bulks = [];
    private RpConfirm change = null!;
    private RpConfirm run = null!;
    private JobFilter? read;
    private JobAct act;
    private string? searched;
    private string? told;
    private string entry = "";
    private int openTeardowns;
    private int matching;
    private bool isAll;

    [SupplyParameterFromQuery(Name = "tab")]
    private string? TabText { get; set; }

    [SupplyParameterFromQuery(Name = "type")]
    private string? TypeText { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? SearchText { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? BeforeText { get; set; }

    [SupplyParameterFromQuery(Name = "open")]
    private string? OpenText { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    [Inject]
    private JobDesk Desk { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private JobFilter Filter => JobFilter.Read(TabText, TypeText, SearchText, BeforeText);

    private bool OnlyOpen => OpenText is not null;

    private bool CanChoose => Staff.IsAdmin && (Filter.Tab.CanDelete() || Filter.Tab.CanRetry());

    private bool CanRetry => Filter.Tab.CanRetry();

    private bool CanDelete => Filter.Tab.CanDelete();

    private int Chosen => isAll ? matching : selected.Count;

    private string Verb => act is JobAct.Retry ? "retry" : "delete";

    /// <inheritdoc />
    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        var filter = Filter;
        if (read != filter)
        {
            // What was chosen in another list is not meant here.
            (read, searched, isAll) = (filter, filter.Search, false);
            selected.Clear();
        }

        counts = await Desk.Jobs.CountsAsync(cancellationToken);
        openTeardowns = await Desk.Teardowns.CountOpenAsync(cancellationToken);
        bulks = await Desk.Bulks.NewestAsync(cancellationToken);
        await (filter.Tab switch
        {
            JobTab.Recurring => ReadTimetableAsync(cancellationToken),
            JobTab.Teardowns => ReadTeardownsAsync(cancellationToken),
            _ => ReadJobsAsync(filter, cancellationToken),
        });
    }

    private async Task ReadTimetableAsync(CancellationToken cancellationToken) => timetable = await Desk.Timetable.TimetableAsync(cancellationToken);

    private async Task ReadTeardownsAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? before = long.TryParse(BeforeText, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        teardowns = await Desk.Teardowns.ListAsync(OnlyOpen, before, cancellationToken);
    }

    private async Task ReadJobsAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        list = await Desk.Jobs.ListAsync(filter, cancellationToken);
        if (!isAll && CanChoose)
        {
            var found = await Desk.Jobs.MatchingAsync(filter, JobQueries.MostCounted + 1, cancellationToken);
            // All may have been chosen meanwhile: then the number that is there is the one that is confirmed.
            matching = isAll ? matching : found;
        }

        if (filter.Tab is JobTab.Running or JobTab.Done)
        {
            workers = await Desk.Timetable.WorkersAsync(cancellationToken);
            kinds = await Desk.Timetable.FiguresAsync(cancellationToken);
        }
    }

    private RpTab Tab(JobTab tab)
    {
        var count = tab is JobTab.Teardowns ? openTeardowns : tab is JobTab.Recurring ? (int?)null : counts[tab];
        return new RpTab(new JobFilter(tab).Address(), Texts[$"admin.jobs.tab.{tab.Slug()}"], count is { } known ? Math.Min(known, JobQueries.MostCounted) : null, tab == Filter.Tab, count > JobQueries.MostCounted);
    }

    private string? Searched() => string.IsNullOrWhiteSpace(searched) ? null : searched.Trim();

    private void Go(JobFilter filter) => Navigation.NavigateTo(filter.Address());

    private void Choose() => isAll = false;

    private void Clear()
    {
        selected.Clear();
        isAll = false;
    }

    /// <summary>From here on the number is exact: it is the one that is confirmed.</summary>
    private async Task SelectAllAsync()
    {
        matching = await Desk.Jobs.MatchingAsync(Filter, int.MaxValue, Left);
        isAll = true;
    }

    private Task AskAsync(JobAct what)
    {
        act = what;
        StateHasChanged();
        return change.OpenAsync();
    }

    private Task AskRunAsync(string name)
    {
        entry = name;
        StateHasChanged();
        return run.OpenAsync();
    }

    private async Task<ActOutcome> ChangeAsync(string reason)
    {
        var person = (await SignedIn).User;
        var outcome = isAll
            ? await Desk.Acts.ChangeAllAsync(person, act, Filter, matching, reason, CancellationToken.None)
            : await Desk.Acts.ChangeAsync(person, act, [.. selected.Cast<long>()], reason, CancellationToken.None);
        if (outcome is ActOutcome.Done done)
        {
            told = Texts.Format(isAll ? $"admin.jobs.{Verb}.ordered" : $"admin.jobs.{Verb}.done", ("n", done.Count));
            Clear();
            await RefreshAsync();
        }

        return outcome;
    }

    private async Task<ActOutcome> RunAsync(string reason)
    {
        var outcome = await Desk.Acts.RunNowAsync((await SignedIn).User, entry, reason, CancellationToken.None);
        if (outcome is ActOutcome.Done)
        {
            told = Texts.Format("admin.jobs.runnow.done", ("name", entry));
            await RefreshAsync();
        }

        return outcome;
    }
}
