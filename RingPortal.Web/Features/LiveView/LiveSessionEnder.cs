using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.LiveView;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.LiveView;

/// <summary>What became of the live views that were to end.</summary>
/// <param name="Closed">Ring was told, or needs not be told.</param>
/// <param name="Open">Ring has not taken it yet.</param>
internal sealed record EndedSessions(int Closed, int Open);

/// <summary>
/// Tells Ring which live views are over (contract 8.6). Before Ring is asked the row is taken for a while, so that one
/// instance at a time asks; after a crash another asks again and Ring answers that it is gone.
/// </summary>
internal sealed partial class LiveSessionEnder(
    RingPortalContext context, LinkAccess access, RingClient ring, TimeProvider clock, ILogger<LiveSessionEnder> logger)
{
    private const int Batch = 100;

    /// <summary>Longer than a call with a renewal of the tokens.</summary>
    private static readonly TimeSpan s_busy = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(20);

    /// <summary>Ring ends every live view after a minute by itself; there is no point in telling it much later.</summary>
    private static readonly TimeSpan s_worthTelling = TimeSpan.FromMinutes(5);

    /// <summary>Tells Ring of the ended live views of one camera, each once.</summary>
    public async Task<EndedSessions> EndForDeviceAsync(Guid deviceId, CancellationToken cancellationToken)
    {
        var sessions = await context.LiveSessions.AsNoTracking().Where(session => session.DeviceId == deviceId && session.EndedAt != null)
            .Select(session => new { session.Id, Closed = session.ClosedAt != null }).ToListAsync(cancellationToken);
        var open = sessions.Where(session => !session.Closed).Select(session => session.Id).ToList();
        var left = await EndAllAsync(open, cancellationToken);
        return new EndedSessions(sessions.Count - left, left);
    }

    /// <summary>Tells Ring of every ended live view that is due, a batch at most.</summary>
    public async Task<EndedSessions> EndDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await context.LiveSessions.AsNoTracking()
            .Where(session => session.ClosedAt == null && session.EndedAt != null && (session.NextAttemptAt == null || session.NextAttemptAt <= now))
            .OrderBy(session => session.NextAttemptAt).Select(session => session.Id).Take(Batch).ToListAsync(cancellationToken);
        var left = await EndAllAsync(due, cancellationToken);
        return new EndedSessions(due.Count - left, left);
    }

    private async Task<int> EndAllAsync(List<Guid> ids, CancellationToken cancellationToken)
    {
        var left = 0;
        foreach (var id in ids)
        {
            if (await TakeAsync(id, cancellationToken) is not { } session || !await EndAsync(session, cancellationToken))
            {
                left++;
            }
        }

        return left;
    }

    private async Task<LiveSession?> TakeAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var busyUntil = now + s_busy;
        var taken = await context.LiveSessions.FromSql(
            $"""
            UPDATE live_sessions SET attempts = attempts + 1, next_attempt_at = {busyUntil}
            WHERE id = {id} AND closed_at IS NULL AND ended_at IS NOT NULL AND (next_attempt_at IS NULL OR next_attempt_at <= {now})
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return taken.Count == 0 ? null : taken[0];
    }

    private async Task<bool> EndAsync(LiveSession session, CancellationToken cancellationToken)
    {
        var told = await access.CallAsync(session.RingTokenId, (token, ct) => ring.EndLiveSessionAsync(token, session.RingPath, ct), cancellationToken);
        var now = clock.GetUtcNow();
        // Without a token that Ring takes there is nobody left to end it for.
        var settled = told.IsSuccess || told.Failure is RingFailure.Unauthorized or RingFailure.Refused;
        var closes = settled || now - session.EndedAt > s_worthTelling;
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(session.Attempts - 1, 10)));
        var next = closes ? (DateTimeOffset?)null : now + (pause < s_longestPause ? pause : s_longestPause);
        await context.LiveSessions.Where(row => row.Id == session.Id && row.Attempts == session.Attempts && row.ClosedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ClosedAt, closes ? now : (DateTimeOffset?)null).SetProperty(row => row.NextAttemptAt, next), cancellationToken);
        Log.Told(logger, session.Id, told.Failure?.GetType().Name ?? (told.Value ? "ended" : "gone already"), session.Attempts);
        return closes;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Live view {LiveSessionId} at Ring: {Answer}; attempt {Attempts}")]
        public static partial void Told(ILogger logger, Guid liveSessionId, string answer, int attempts);
    }
}
