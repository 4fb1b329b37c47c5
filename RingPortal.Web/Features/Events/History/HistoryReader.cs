using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Events;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Events.History;

/// <summary>
/// Reads Ring's history of a camera at its newest end and, where that is asked for, towards older events; notes how far it
/// came. What is read is one unbroken piece of time: a hole that a long absence left is walked from its newer side.
/// </summary>
internal sealed partial class HistoryReader(RingPortalContext context, HistoryWalk walk, FeedOutlet feed, TimeProvider clock, ILogger<HistoryReader> logger)
{
    /// <summary>Pages of one reading: a person waits, and reading goes on when they ask again.</summary>
    private const int MostPages = 8;

    /// <summary>The same where no time is asked for, only older events.</summary>
    private const int FewPages = 3;

    /// <summary>Entries may appear in Ring's history a while after they happened.</summary>
    private static readonly TimeSpan s_late = TimeSpan.FromMinutes(10);

    /// <summary>Reads what is new since the last time, unless that was a moment ago; the first time one page.</summary>
    /// <returns>Whether Ring answered.</returns>
    public async Task<bool> NewestAsync(HistoryCamera camera, TimeSpan age, RingPriority priority, CancellationToken cancellationToken)
    {
        var (state, askedAt) = (await StateAsync(camera, cancellationToken), clock.GetUtcNow());
        if (state.ReadAt >= askedAt - age)
        {
            return true;
        }

        var known = state.ReadThrough - s_late;
        var end = await walk.GoAsync(camera, HistoryTrail.New, known ?? DateTimeOffset.MaxValue, known is null ? 1 : MostPages, priority, cancellationToken);
        if (end.Failure is not null || end.IsGone)
        {
            return await BrokenOffAsync(camera, state, end, askedAt, cancellationToken);
        }

        if (known is null || !end.Trail.Main.Covers(known.Value) || end.Trail.Main.IsEnded)
        {
            // The first reading, a hole that is still open, or all there is.
            Show(state, end.Trail);
        }

        state.ReadThrough = askedAt;
        return await AnsweredAsync(camera, state, end, cancellationToken);
    }

    /// <summary>Reads older events from where the last reading stopped.</summary>
    /// <returns>Whether Ring answered.</returns>
    public async Task<bool> OlderAsync(HistoryCamera camera, DateTimeOffset until, RingPriority priority, CancellationToken cancellationToken)
    {
        var state = await StateAsync(camera, cancellationToken);
        if (state.IsComplete || state.ReadFrom < until)
        {
            return true;
        }

        var askedAt = clock.GetUtcNow();
        var end = await walk.GoAsync(camera, HistoryTrail.Read(state.Trail), until, until == DateTimeOffset.MinValue ? FewPages : MostPages, priority, cancellationToken);
        Show(state, end.Trail);
        state.ReadThrough ??= askedAt;
        return end.Failure is null && !end.IsGone
            ? await AnsweredAsync(camera, state, end, cancellationToken)
            : await BrokenOffAsync(camera, state, end, askedAt, cancellationToken);
    }

    private async Task<DeviceHistory> StateAsync(HistoryCamera camera, CancellationToken cancellationToken) =>
        await context.DeviceHistories.AsNoTracking().SingleOrDefaultAsync(history => history.DeviceId == camera.DeviceId, cancellationToken)
        ?? new DeviceHistory { DeviceId = camera.DeviceId };

    private static void Show(DeviceHistory state, HistoryTrail trail)
    {
        (state.ReadFrom, state.IsComplete) = (trail.Main.Reached, trail.Main.IsEnded);
        state.Trail = trail.Main.IsEnded ? null : trail.Write();
    }

    private async Task<bool> AnsweredAsync(HistoryCamera camera, DeviceHistory state, HistoryWalkEnd end, CancellationToken cancellationToken)
    {
        (state.ReadAt, state.SilentSince) = (clock.GetUtcNow(), null);
        await SaveAsync(state, cancellationToken);
        if (end.HasNews)
        {
            feed.Publish(new FeedChange(camera.UserId, FeedKind.Other, camera.DeviceId));
        }

        return true;
    }

    private async Task<bool> BrokenOffAsync(HistoryCamera camera, DeviceHistory state, HistoryWalkEnd end, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        Log.NotRead(logger, camera.DeviceId, end.Failure?.GetType().Name ?? "not shared any more");
        switch (end.Failure)
        {
            case RingFailure.Forbidden or RingFailure.NotFound:
                // Ring will not say more of this camera; the next look at the newest end asks again.
                (state.ReadAt, state.ReadFrom, state.ReadThrough, state.Trail, state.IsComplete) = (askedAt, null, null, null, true);
                break;
            case RingFailure.Refused:
                // A place that Ring no longer knows: the next reading begins at the newest end.
                (state.ReadAt, state.ReadFrom, state.ReadThrough, state.Trail, state.IsComplete) = (askedAt, null, null, null, false);
                break;
            case RingFailure.Unavailable or RingFailure.OutcomeUnknown or RingFailure.Unreadable:
                state.SilentSince ??= askedAt;
                break;
            default:
                // Our own budget says nothing about Ring, and that the person must connect again is told elsewhere.
                break;
        }

        await SaveAsync(state, cancellationToken);
        return false;
    }

    /// <summary>The last of several readers wins; whatever it says, nothing is read into the timeline twice.</summary>
    private Task<int> SaveAsync(DeviceHistory state, CancellationToken cancellationToken) => context.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO device_histories (device_id, read_from, read_through, trail, is_complete, read_at, silent_since)
        SELECT id, {state.ReadFrom}::timestamptz, {state.ReadThrough}::timestamptz, {state.Trail}::text, {state.IsComplete}, {state.ReadAt}::timestamptz, {state.SilentSince}::timestamptz
        FROM devices WHERE id = {state.DeviceId} AND removed_at IS NULL FOR KEY SHARE
        ON CONFLICT (device_id) DO UPDATE SET read_from = excluded.read_from, read_through = excluded.read_through, trail = excluded.trail,
            is_complete = excluded.is_complete, read_at = excluded.read_at, silent_since = excluded.silent_since, started_at = NULL
        """,
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The event history of camera {DeviceId} could not be read ({Failure})")]
        public static partial void NotRead(ILogger logger, Guid deviceId, string failure);
    }
}
