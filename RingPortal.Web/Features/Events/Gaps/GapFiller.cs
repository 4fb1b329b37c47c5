using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Events;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Events.History;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Events.Gaps;

/// <summary>
/// Fills one gap from Ring's history. A gap that takes many pages goes on where it stopped; one whose history cannot be read is
/// tried again, later and later, and after many tries given up: it stays visible with its reason.
/// </summary>
internal sealed partial class GapFiller(RingPortalContext context, HistoryCameras cameras, HistoryWalk walk, FeedOutlet feed, TimeProvider clock, ILogger<GapFiller> logger)
{
    /// <summary>With pauses of a minute to six hours these are about two days.</summary>
    public const int MostAttempts = 16;

    private const int PagesPerTry = 20;
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(6);

    /// <summary>The next gap that is due, taken for a while; null when there is none.</summary>
    public async Task<EventGap?> TakeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var taken = await context.EventGaps.FromSql(
            $"""
            UPDATE event_gaps SET next_attempt_at = {now + s_lease}
            WHERE id = (
                SELECT gap.id FROM event_gaps AS gap
                WHERE gap.settled_at IS NULL AND gap.next_attempt_at <= {now}
                ORDER BY gap.next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return taken.SingleOrDefault();
    }

    /// <summary>Goes on with a gap that was taken.</summary>
    public async Task FillAsync(EventGap gap, CancellationToken cancellationToken)
    {
        if (await cameras.OneAsync(gap.DeviceId, cancellationToken) is not { } camera)
        {
            // Its connection waits for its person; when the camera is gone, the gap goes with it.
            await LaterAsync(gap, "not connected", cancellationToken);
            return;
        }

        var end = await walk.GoAsync(camera, HistoryTrail.Read(gap.Trail), gap.FromAt, PagesPerTry, RingPriority.Background, cancellationToken);
        gap.Trail = end.Failure is RingFailure.Refused ? null : end.Trail.Write();
        if (end.IsGone)
        {
            return;
        }

        if (end.Failure is not null)
        {
            await LaterAsync(gap, end.Failure.GetType().Name, cancellationToken);
        }
        else if (end.Trail.Main.Covers(gap.FromAt))
        {
            await FilledAsync(gap, camera, cancellationToken);
        }
        else
        {
            var now = clock.GetUtcNow();
            await Living(gap).ExecuteUpdateAsync(set => set.SetProperty(row => row.Trail, gap.Trail).SetProperty(row => row.NextAttemptAt, now), cancellationToken);
        }
    }

    private async Task FilledAsync(EventGap gap, HistoryCamera camera, CancellationToken cancellationToken)
    {
        var inside = context.DeviceEvents.Where(entry => entry.DeviceId == gap.DeviceId && entry.OccurredAt >= gap.FromAt && entry.OccurredAt < gap.ToAt && entry.HistoryId != null);
        var (found, filled) = (await inside.CountAsync(cancellationToken), await inside.CountAsync(entry => entry.Origin == EventOrigin.History, cancellationToken));
        DateTimeOffset? now = clock.GetUtcNow();
        await Living(gap).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, EventGapState.Filled).SetProperty(row => row.Found, found).SetProperty(row => row.Filled, filled)
                .SetProperty(row => row.Attempts, row => row.Attempts + 1).SetProperty(row => row.SettledAt, now).SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                .SetProperty(row => row.LastError, (string?)null).SetProperty(row => row.Trail, (string?)null),
            cancellationToken);
        feed.Publish(new FeedChange(camera.UserId, FeedKind.Other, camera.DeviceId));
        Log.Filled(logger, gap.Id, gap.DeviceId, filled, found);
    }

    private async Task LaterAsync(EventGap gap, string error, CancellationToken cancellationToken)
    {
        var attempts = gap.Attempts + 1;
        var isOver = attempts >= MostAttempts;
        var pause = TimeSpan.FromMinutes(Math.Pow(2, Math.Min(attempts - 1, 10)));
        var now = clock.GetUtcNow();
        DateTimeOffset? next = isOver ? null : now + (pause < s_longestPause ? pause : s_longestPause);
        DateTimeOffset? settled = isOver ? now : null;
        var state = isOver ? EventGapState.GivenUp : EventGapState.Open;
        await Living(gap).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, state).SetProperty(row => row.Attempts, attempts).SetProperty(row => row.NextAttemptAt, next)
                .SetProperty(row => row.SettledAt, settled).SetProperty(row => row.LastError, error).SetProperty(row => row.Trail, gap.Trail),
            cancellationToken);
        Log.NotFilled(logger, gap.Id, gap.DeviceId, attempts, error, isOver);
    }

    private IQueryable<EventGap> Living(EventGap gap) => context.EventGaps.Where(row => row.Id == gap.Id && row.SettledAt == null);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Gap {GapId} of camera {DeviceId} is filled: {Filled} of {Found} events were missing")]
        public static partial void Filled(ILogger logger, Guid gapId, Guid deviceId, int filled, int found);

        [LoggerMessage(2, LogLevel.Warning, "Gap {GapId} of camera {DeviceId} is not filled at try {Attempt} ({Error}), given up: {IsOver}")]
        public static partial void NotFilled(ILogger logger, Guid gapId, Guid deviceId, int attempt, string error, bool isOver);
    }
}
