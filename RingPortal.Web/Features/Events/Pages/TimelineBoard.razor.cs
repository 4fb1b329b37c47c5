using Microsoft.AspNetCore.Components;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Events.History;
using RingPortal.Web.Resources;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Events.Pages;

public abstract partial class TimelineBoard
{
    private TimelineWindow window = null!;
    private Guid? chosen;
    private Guid? returnTo;
    private Guid? lastOpen;
    private bool isAsking;
    private bool hasAsked;

    /// <summary>Handed from the first document to the circuit, so that nothing flickers.</summary>
    [PersistentState]
    public TimelineView? Shown { get; set; }

    [Inject]
    private EventQueries Queries { get; set; } = null!;

    [Inject]
    private HistoryRefresh History { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Now { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    /// <summary>Where it stands.</summary>
    protected abstract TimelinePlace Place { get; }

    protected override bool IsLoaded => View is not null;

    protected override string? TimeZone => View?.TimeZone;

    private TimelineFilter Filter { get; set; } = TimelineFilter.All;

    private TimelineFilter Asked => Place.Asked(Filter);

    private TimelineView? View => window.View;

    private int Newer => window.Newer;

    /// <summary>Whether what is shown is not yet what was asked for.</summary>
    private bool IsBusy => window.Filter != Asked;

    /// <summary>The entry whose detail is asked for.</summary>
    private Guid? Open { get; set; }

    private TimelineEntry? Detail { get; set; }

    /// <summary>The cameras to choose from.</summary>
    private IReadOnlyList<CameraName> Choices => Place.Camera is null ? View!.Cameras : [];

    /// <summary>In a camera's page its name stands above.</summary>
    private Func<TimelineEntry, string?>? NameOf => Place.Camera is null ? View!.NameOf : null;

    /// <summary>Whether there is no camera, and so nothing to choose from.</summary>
    private bool HasNothing => View is { Cameras.Count: 0 } && Filter.Count == 0;

    /// <summary>Whether what is shown first may still come from Ring.</summary>
    private bool IsWaitingForHistory => View is { Entries.Count: 0, History.IsUnread: true } && Wish(first: true) is not null && (isAsking || !hasAsked);

    private DateOnly Today => LocalDay.Of(Now.GetUtcNow(), Zone);

    private string? Summary => View is null ? null : Texts.Format(View.HasOlder ? "ev.shown.more" : "ev.shown", ("n", View.Entries.Count));

    protected override async Task OnInitializedAsync()
    {
        window = new TimelineWindow(Queries);
        ReadAddress();
        if (Shown is not null)
        {
            window.Restore(Shown, Asked);
            Detail = Shown.Entries.FirstOrDefault(entry => entry.Id == Open);
        }

        lastOpen = Open;
        Navigation.LocationChanged += Follow;
        Left.Register(() => Navigation.LocationChanged -= Follow);
        await base.OnInitializedAsync();
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        await window.LoadAsync(UserId, Asked, cancellationToken);
        Shown = View;
        Detail = Open is not { } id ? null
            : View!.Entries.FirstOrDefault(entry => entry.Id == id) ?? await Queries.EventAsync(UserId, id, cancellationToken);
    }

    /// <summary>Of cameras that somebody looks at Ring is asked what it has; of everything only when somebody asks for more.</summary>
    protected override async Task<bool> CatchUpAsync(bool first, CancellationToken cancellationToken)
    {
        if (Wish(first) is not { } wish || isAsking)
        {
            return false;
        }

        (isAsking, hasAsked) = (true, true);
        try
        {
            return await History.RefreshAsync(UserId, wish, first ? RingPriority.Interactive : RingPriority.Background, cancellationToken);
        }
        finally
        {
            isAsking = false;
            StateHasChanged();
        }
    }

    private HistoryWish? Wish(bool first) => Asked.Cameras.Count == 0 ? null : new HistoryWish(
        Asked.Cameras,
        first ? HistoryRefresh.Fresh : HistoryRefresh.FreshMeanwhile,
        Filter.Day is { } day ? LocalDay.Range(day, Zone).From : null);

    private void ReadAddress() => (Filter, Open) = Place.Read(new Uri(Navigation.Uri));

    private void Choose(TimelineFilter filter) => Navigation.NavigateTo(Place.Address(filter));

    private async Task<int> CountAsync(TimelineFilter filter)
    {
        var count = 0;
        await TryAsync(async cancellationToken => count = await Queries.CountAsync(UserId, Place.Asked(filter), cancellationToken));
        return count;
    }

    private async Task ShowNewerAsync()
    {
        window.Forget();
        await ReadAsync();
        returnTo = View is { Entries: [var first, ..] } ? first.Id : null;
    }

    private Task AskForOlderAsync() => AskAsync(new HistoryWish(Asked.Cameras, Age: null, DateTimeOffset.MinValue));

    private async Task AskAsync(HistoryWish? wish)
    {
        if (wish is null || isAsking)
        {
            return;
        }

        (isAsking, hasAsked) = (true, true);
        StateHasChanged();
        var hasRead = false;
        await TryAsync(async cancellationToken => hasRead = await History.RefreshAsync(UserId, wish, RingPriority.Interactive, cancellationToken));
        isAsking = false;
        StateHasChanged();
        if (hasRead)
        {
            await ReadAsync();
        }
    }
}
