namespace RingPortal.Web.Features.Events;

/// <summary>
/// The piece of the timeline that an open page shows. News never move what is being read: they are counted, and shown when
/// the reader asks. What a camera saw that is gone goes at once.
/// </summary>
internal sealed class TimelineWindow(EventQueries queries)
{
    private TimelinePosition? _top;

    public TimelineView? View { get; private set; }

    /// <summary>What <see cref="View"/> was read for.</summary>
    public TimelineFilter? Filter { get; private set; }

    /// <summary>How many newer entries wait to be shown.</summary>
    public int Newer { get; private set; }

    /// <summary>Takes over what the first document showed.</summary>
    public void Restore(TimelineView view, TimelineFilter filter) => Show(view, filter);

    /// <summary>Reads anew when another piece is asked for, else looks what changed.</summary>
    public Task LoadAsync(Guid userId, TimelineFilter filter, CancellationToken cancellationToken) =>
        View is null || filter != Filter ? OpenAsync(userId, filter, cancellationToken) : CatchUpAsync(userId, cancellationToken);

    /// <summary>The next reading is anew.</summary>
    public void Forget() => Filter = null;

    private async Task OpenAsync(Guid userId, TimelineFilter filter, CancellationToken cancellationToken) =>
        Show(await queries.TimelineAsync(userId, filter, cancellationToken), filter);

    private async Task CatchUpAsync(Guid userId, CancellationToken cancellationToken)
    {
        var (again, newer) = await queries.AgainAsync(userId, Filter!, _top, cancellationToken);
        var known = again.Cameras.Where(camera => !camera.NeedsPlan).Select(camera => camera.Id).ToHashSet();
        // What waited for a plan lies among what is shown, not above it.
        var opened = View!.Closed.Any(camera => known.Contains(camera.Id));
        var zone = View.TimeZone;
        // What the history brought stands where it belongs: below what the reader reads, or among it.
        View = again;
        // Older pieces have an end at the top that news do not reach.
        Newer = Filter!.Before is null ? newer : 0;
        if (opened || zone != View.TimeZone || (View.Entries.Count == 0 && Newer > 0))
        {
            await OpenAsync(userId, Filter, cancellationToken);
        }
    }

    private void Show(TimelineView view, TimelineFilter filter)
    {
        (View, Filter, Newer) = (view, filter, 0);
        _top = view.Entries.Count > 0 ? view.Entries[0].Position : null;
    }
}
