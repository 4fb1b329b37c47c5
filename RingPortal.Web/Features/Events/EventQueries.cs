using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Events;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Devices;

namespace RingPortal.Web.Features.Events;

/// <summary>
/// The timeline of one person: what belongs to somebody else does not exist, nor does what a camera saw that is no longer
/// shared; what a camera saw that has no plan though it needs one waits for the plan. Each question uses a scope of its own, because open pages ask again and again.
/// </summary>
internal sealed class EventQueries(IServiceScopeFactory scopes, DeviceQueries devices)
{
    /// <summary>How many entries are shown at once.</summary>
    public const int PageSize = 50;

    /// <summary>Beyond that nobody wants to know how many exactly.</summary>
    public const int MostCounted = 1_000;

    /// <summary>A piece of the timeline.</summary>
    public async Task<TimelineView> TimelineAsync(Guid userId, TimelineFilter filter, CancellationToken cancellationToken)
    {
        var cameras = await devices.NamesAsync(userId, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var zone = await ZoneAsync(context, userId, cancellationToken);
        var rows = await Newest(Matching(context, userId, cameras, filter, zone)).Take(PageSize + 1).ToListAsync(cancellationToken);
        return await WithSurroundingsAsync(context, new TimelineView(cameras, [.. rows.Take(PageSize).Select(LatestEvents.Entry)], rows.Count > PageSize, zone), filter, cancellationToken);
    }

    /// <summary>How many entries fit, at most <see cref="MostCounted"/>.</summary>
    public async Task<int> CountAsync(Guid userId, TimelineFilter filter, CancellationToken cancellationToken)
    {
        var cameras = await devices.NamesAsync(userId, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        return await Bounded(Matching(context, userId, cameras, filter, await ZoneAsync(context, userId, cancellationToken))).CountAsync(cancellationToken);
    }

    /// <summary>
    /// The same piece again as it stands now, down from its first entry, and how many entries that fit are newer than that, at
    /// most <see cref="MostCounted"/>.
    /// </summary>
    public async Task<(TimelineView View, int Newer)> AgainAsync(Guid userId, TimelineFilter filter, TimelinePosition? top, CancellationToken cancellationToken)
    {
        var cameras = await devices.NamesAsync(userId, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope);
        var zone = await ZoneAsync(context, userId, cancellationToken);
        var (newer, rest) = (Matching(context, userId, cameras, filter, zone), Matching(context, userId, cameras, filter, zone));
        if (top is not null)
        {
            newer = newer.Where(entry => EF.Functions.GreaterThan(ValueTuple.Create(entry.OccurredAt, entry.Id), ValueTuple.Create(top.At, top.Id)));
            rest = rest.Where(entry => EF.Functions.LessThanOrEqual(ValueTuple.Create(entry.OccurredAt, entry.Id), ValueTuple.Create(top.At, top.Id)));
        }

        var count = await Bounded(newer).CountAsync(cancellationToken);
        var rows = await Newest(rest).Take(PageSize + 1).ToListAsync(cancellationToken);
        var view = new TimelineView(cameras, [.. rows.Take(PageSize).Select(LatestEvents.Entry)], rows.Count > PageSize, zone);
        return (await WithSurroundingsAsync(context, view, filter, cancellationToken), count);
    }

    /// <summary>One entry; null when it is not this person's or not there any more.</summary>
    public async Task<TimelineEntry?> EventAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        var cameras = await devices.NamesAsync(userId, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var row = await Context(scope).DeviceEvents.AsNoTracking().SingleOrDefaultAsync(entry => entry.Id == id && entry.UserId == userId, cancellationToken);
        return row is not null && cameras.Any(camera => camera.Id == row.DeviceId && !camera.NeedsPlan) ? LatestEvents.Entry(row) : null;
    }

    /// <summary>What happened since then, oldest first, at most a hundred.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> RecentAsync(Guid userId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await Context(scope).DeviceEvents.AsNoTracking()
            .Where(entry => entry.UserId == userId && entry.OccurredAt > since)
            .OrderByDescending(entry => entry.OccurredAt).ThenByDescending(entry => entry.Id)
            .Take(100)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(LatestEvents.Entry).Reverse()];
    }

    private static RingPortalContext Context(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<RingPortalContext>();

    private static Task<string?> ZoneAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken) =>
        context.Users.Where(user => user.Id == userId).Select(user => user.TimeZone).SingleOrDefaultAsync(cancellationToken);

    private static Guid[] Seen(IReadOnlyList<CameraName> cameras, TimelineFilter filter) =>
        [.. cameras.Where(camera => !camera.NeedsPlan).Select(camera => camera.Id).Where(id => filter.Cameras.Count == 0 || filter.Cameras.Contains(id))];

    private static IOrderedQueryable<DeviceEvent> Newest(IQueryable<DeviceEvent> rows) =>
        rows.OrderByDescending(entry => entry.OccurredAt).ThenByDescending(entry => entry.Id);

    /// <summary>In the order of an index, so that counting stops early.</summary>
    private static IQueryable<DeviceEvent> Bounded(IQueryable<DeviceEvent> rows) => Newest(rows).Take(MostCounted);

    private static async Task<TimelineView> WithSurroundingsAsync(RingPortalContext context, TimelineView view, TimelineFilter filter, CancellationToken cancellationToken)
    {
        var seen = Seen(view.Cameras, filter);
        return view with
        {
            Gaps = await TimelineSurroundings.GapsAsync(context, seen, view, filter, cancellationToken),
            History = await TimelineSurroundings.HistoryAsync(context, seen, cancellationToken),
        };
    }

    private static IQueryable<DeviceEvent> Matching(
        RingPortalContext context, Guid userId, IReadOnlyList<CameraName> cameras, TimelineFilter filter, string? zone)
    {
        var seen = Seen(cameras, filter);
        var rows = context.DeviceEvents.AsNoTracking().Where(entry => entry.UserId == userId);
        // One camera by equality: its own index then holds the rows in order.
        rows = seen is [var only] ? rows.Where(entry => entry.DeviceId == only) : rows.Where(entry => seen.Contains(entry.DeviceId));
        if (filter.Day is { } day)
        {
            var (from, to) = LocalDay.Range(day, TimeZones.OrUtc(zone));
            rows = rows.Where(entry => entry.OccurredAt >= from && entry.OccurredAt < to);
        }

        if (filter.Before is { } place)
        {
            rows = rows.Where(entry => EF.Functions.LessThan(ValueTuple.Create(entry.OccurredAt, entry.Id), ValueTuple.Create(place.At, place.Id)));
        }

        return OfKinds(rows, filter.Kinds);
    }

    private static IQueryable<DeviceEvent> OfKinds(IQueryable<DeviceEvent> rows, IReadOnlyList<TimelineKind> kinds)
    {
        if (kinds.Count == 0 || kinds.Count == TimelineKinds.All.Count)
        {
            return rows;
        }

        var (press, other, motion, live) = (kinds.Contains(TimelineKind.Ring), kinds.Contains(TimelineKind.Other), kinds.Contains(TimelineKind.Motion), kinds.Contains(TimelineKind.Live));
        var named = TimelineKinds.Classes.Keys.ToArray();
        var chosen = TimelineKinds.Classes.Where(known => kinds.Contains(known.Value)).Select(known => known.Key).ToArray();
        return rows.Where(entry =>
            (press && entry.Kind == DeviceEventKind.Press)
            || (other && entry.Kind == DeviceEventKind.Other)
            || (live && entry.Kind == DeviceEventKind.LiveView)
            || (entry.Kind == DeviceEventKind.Motion && entry.SubType != null && chosen.Contains(entry.SubType))
            || (motion && entry.Kind == DeviceEventKind.Motion && (entry.SubType == null || !named.Contains(entry.SubType))));
    }
}
