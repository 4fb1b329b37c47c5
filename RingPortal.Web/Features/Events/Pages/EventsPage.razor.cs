using Microsoft.AspNetCore.Components;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Events.Pages;

public sealed partial class EventsPage
{
    private TimelineWindow window = null!;
    private Guid? chosen;
    private Guid? returnTo;
    private Guid? lastOpen;

    /// <summary>Handed from the first document to the circuit, so that nothing flickers.</summary>
    [PersistentState]
    public TimelineView? Shown { get; set; }

    [SupplyParameterFromQuery(Name = "camera")]
    private string[]? Cameras { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    private string[]? Kinds { get; set; }

    [SupplyParameterFromQuery(Name = "day")]
    private string? Day { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? Before { get; set; }

    [SupplyParameterFromQuery(Name = "event")]
    private string? Event { get; set; }

    [Inject]
    private EventQueries Queries { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Now { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    protected override bool IsLoaded => View is not null;

    protected override string? TimeZone => View?.TimeZone;

    private TimelineFilter Filter { get; set; } = TimelineFilter.All;

    private TimelineView? View => window.View;

    private int Newer => window.Newer;

    /// <summary>Whether what is shown is not yet what was asked for.</summary>
    private bool IsBusy => window.Filter != Filter;

    /// <summary>The entry whose detail is asked for.</summary>
    private Guid? Open { get; set; }

    private TimelineEntry? Detail { get; set; }

    /// <summary>Whether there is no camera, and so nothing to choose from.</summary>
    private bool HasNothing => View is { Cameras.Count: 0 } && Filter.Count == 0;

    private DateOnly Today => LocalDay.Of(Now.GetUtcNow(), Zone);

    private string? Summary => View is null ? null : Texts.Format(View.HasOlder ? "ev.shown.more" : "ev.shown", ("n", View.Entries.Count));

    protected override async Task OnInitializedAsync()
    {
        window = new TimelineWindow(Queries);
        ReadAddress();
        if (Shown is not null)
        {
            window.Restore(Shown, Filter);
            Detail = Shown.Entries.FirstOrDefault(entry => entry.Id == Open);
        }

        lastOpen = Open;
        await base.OnInitializedAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        var (filter, open) = (window.Filter, Open);
        ReadAddress();
        if (UserId != Guid.Empty && View is not null && (filter != Filter || open != Open))
        {
            // Closing brings the reader back to the row, opening to the detail, another piece to its first row.
            (chosen, returnTo) = (Open, Open is null ? lastOpen : null);
            lastOpen = Open;
            var older = filter != Filter && Filter.Before is not null;
            await ReadAsync();
            returnTo = older && View is { Entries: [var first, ..] } ? first.Id : returnTo;
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await window.LoadAsync(UserId, Filter, cancellationToken);
        Shown = View;
        Detail = Open is not { } id ? null
            : View!.Entries.FirstOrDefault(entry => entry.Id == id) ?? await Queries.EventAsync(UserId, id, cancellationToken);
    }

    private void ReadAddress()
    {
        Filter = TimelineFilter.Read(Cameras, Kinds, Day, Before);
        Open = Event is null ? null : Guid.TryParse(Event, out var id) ? id : Guid.Empty;
    }

    private void Choose(TimelineFilter filter) => Navigation.NavigateTo(filter.Address());

    private async Task<int> CountAsync(TimelineFilter filter)
    {
        var count = 0;
        await TryAsync(async cancellationToken => count = await Queries.CountAsync(UserId, filter, cancellationToken));
        return count;
    }

    private async Task ShowNewerAsync()
    {
        window.Forget();
        await ReadAsync();
        returnTo = View is { Entries: [var first, ..] } ? first.Id : null;
    }
}
