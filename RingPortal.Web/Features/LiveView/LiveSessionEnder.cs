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
    private static readonly TimeSpan s_worthTelling = TimeSpan.FromSeconds(90);

    /// <summary>Tells Ring of the ended live views of one camera, each once.</summary>
    public async Task<EndedSessions> EndForDeviceAsync(Guid deviceId, CancellationToken cancellationToken)
    {
        var sessions = await context.LiveSessions.AsNoTracking().Where(session => session.DeviceId == deviceId && session.EndedAt != null)
            .Select(session => new { session.Id, Closed = session.ClosedAt != null }).ToListAsync(cancellationToken);
        var left = 0;
        foreach (var session in sessions.Where(session => !session.Closed))
        {
            left += await EndAsync(session.Id, cancellationToken) ? 0 : 1;
        }

        return new EndedSessions(sessions.Count - left, left);
    }

    /// <summary>The ended live views that Ring is to be told of now, a batch at most.</summary>
    public Task<List<Guid>> DueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var asking = now - s_busy;
        return context.LiveSessions.AsNoTracking()
            .Where(session => session.ClosedAt == null && session.EndedAt != null && (session.NextAttemptAt == null || session.NextAttemptAt <= now)
                && (session.OpenedAt != null || session.RingPath != null || session.StartedAt < asking))
            .OrderBy(session => session.NextAttemptAt).Select(session => session.Id).Take(Batch).ToListAsync(cancellationToken);
    }

    /// <summary>Tells Ring of one, unless somebody else does so just now; false when it is still open.</summary>
    public async Task<bool> EndAsync(Guid id, CancellationToken cancellationToken) =>
        await TakeAsync(id, cancellationToken) is { } session && await TellAsync(session, cancellationToken);

    /// <summary>One that Ring is still asked for is left to whoever asks: only they will know what to end.</summary>
    private async Task<LiveSession?> TakeAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (busyUntil, asking) = (now + s_busy, now - s_busy);
        var taken = await context.LiveSessions.FromSql(
            $"""
            UPDATE live_sessions SET attempts = attempts + 1, next_attempt_at = {busyUntil}
            WHERE id = {id} AND closed_at IS NULL AND ended_at IS NOT NULL AND (next_attempt_at IS NULL OR next_attempt_at <= {now})
              AND (opened_at IS NOT NULL OR ring_path IS NOT NULL OR started_at < {asking})
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return taken.Count == 0 ? null : taken[0];
    }

    private async Task<bool> TellAsync(LiveSession session, CancellationToken cancellationToken)
    {
        var told = session.RingPath is { } path
            ? await access.CallAsync(session.RingTokenId, (token, ct) => ring.EndLiveSessionAsync(token, path, ct), cancellationToken)
            : RingResult.Success(false);
        var now = clock.GetUtcNow();
        // Without a token that Ring takes there is nobody left to end it for.
        var settled = told.IsSuccess || told.Failure is RingFailure.Unauthorized or RingFailure.Refused;
        var closes = settled || now - session.StartedAt > s_worthTelling || now - session.EndedAt > s_worthTelling;
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
