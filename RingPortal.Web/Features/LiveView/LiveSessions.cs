using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.LiveView;

/// <summary>
/// Decides that live views end, in the transaction of what ends them, and writes it into the audit trail: pages stop showing
/// them with its commit. Afterwards <see cref="EndLiveSessionsJob"/> tells Ring.
/// </summary>
public sealed class LiveSessions(TimeProvider clock)
{
    /// <summary>Ring's longest (60 s) and a margin.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(65);

    /// <summary>Pages say each 10 s that somebody watches.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(25);

    /// <summary>A camera can no longer be watched. After the commit the caller wakes the job and tells the pages.</summary>
    /// <param name="context">The caller's unit of work; the rows are changed at once.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="reason">Why, in one word for operators, for example <c>offline</c>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many live views end by this.</returns>
    public async Task<int> EndForDeviceAsync(RingPortalContext context, Guid deviceId, string reason, CancellationToken cancellationToken) =>
        (await EndAsync(context, new LiveSelection { DeviceId = deviceId }, reason, cancellationToken)).Count;

    /// <summary>A link is over: its tokens are gone, so Ring can neither be told nor needs to be (contract 5.7.8).</summary>
    /// <returns>How many live views are over by this.</returns>
    public async Task<int> EndForLinkAsync(RingPortalContext context, Guid ringTokenId, string reason, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await EndAsync(context, new LiveSelection { RingTokenId = ringTokenId }, reason, cancellationToken);
        return await context.LiveSessions.Where(session => session.RingTokenId == ringTokenId && session.ClosedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.ClosedAt, now).SetProperty(session => session.NextAttemptAt, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>Ends what Ring has ended by its limit, and what its page forgot.</summary>
    internal async Task<IReadOnlyList<EndedLiveView>> EndOverdueAsync(RingPortalContext context, Guid? userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var over = await EndAsync(context, new LiveSelection { UserId = userId, DeadlineBefore = now }, LiveEnd.Limit, cancellationToken);
        var silent = await EndAsync(context, new LiveSelection { UserId = userId, HeardBefore = now - Silence }, LiveEnd.Silent, cancellationToken);
        return [.. over, .. silent];
    }

    /// <summary>Ends all that fit. Rows are locked in one order, so that two who end several never wait for each other.</summary>
    internal async Task<IReadOnlyList<EndedLiveView>> EndAsync(RingPortalContext context, LiveSelection which, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var own = context.Database.CurrentTransaction is null ? await context.Database.BeginTransactionAsync(cancellationToken) : null;
        var ended = await context.Database.SqlQuery<EndedLiveView>(
            $"""
            UPDATE live_sessions SET ended_at = {now}, end_reason = {reason}, next_attempt_at = {now}
            WHERE id IN (
              SELECT id FROM live_sessions
              WHERE closed_at IS NULL AND ended_at IS NULL
                AND ({which.Id}::uuid IS NULL OR id = {which.Id}) AND ({which.UserId}::uuid IS NULL OR user_id = {which.UserId})
                AND ({which.DeviceId}::uuid IS NULL OR device_id = {which.DeviceId}) AND ({which.RingTokenId}::uuid IS NULL OR ring_token_id = {which.RingTokenId})
                AND ({which.InstanceId}::uuid IS NULL OR instance_id = {which.InstanceId})
                AND ({which.DeadlineBefore}::timestamptz IS NULL OR coalesce(deadline, started_at + {Longest}) < {which.DeadlineBefore})
                AND ({which.HeardBefore}::timestamptz IS NULL OR coalesce(heartbeat_at, started_at) < {which.HeardBefore})
              ORDER BY id FOR UPDATE)
            RETURNING id, device_id, user_id, opened_at
            """).ToListAsync(cancellationToken);
        var seen = ended.Where(one => one.OpenedAt is not null).Select(one => one.Id).ToArray();
        if (seen.Length > 0)
        {
            await RecordAsync(context, seen, LiveEnd.Actor(reason).ToString(), now, cancellationToken);
        }

        await (own?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
        return ended;
    }

    private static Task<int> RecordAsync(RingPortalContext context, Guid[] ids, string actor, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO audit_records (at, action, actor, subject_id, target, reason, details)
            SELECT {now}, 'live.ended', {actor}, (SELECT subject.id FROM audit_subjects subject WHERE subject.user_id = session.user_id),
                   'device:' || device_id, end_reason, jsonb_build_object('liveView', id, 'seconds', round(extract(epoch FROM ended_at - opened_at)))
            FROM live_sessions session WHERE id = ANY({ids})
            """,
            cancellationToken);
}

/// <summary>Which open live views; what is null does not choose.</summary>
internal sealed record LiveSelection
{
    public Guid? Id { get; init; }

    public Guid? UserId { get; init; }

    public Guid? DeviceId { get; init; }

    public Guid? RingTokenId { get; init; }

    public Guid? InstanceId { get; init; }

    public DateTimeOffset? DeadlineBefore { get; init; }

    public DateTimeOffset? HeardBefore { get; init; }
}

/// <summary>A live view whose end was decided just now.</summary>
internal sealed record EndedLiveView(Guid Id, Guid DeviceId, Guid UserId, DateTimeOffset? OpenedAt);
