using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.LiveView;

/// <summary>
/// Decides that live views end, in the transaction of what ends them: pages stop showing them with its commit. Afterwards
/// <see cref="EndLiveSessionsJob"/> tells Ring.
/// </summary>
public sealed class LiveSessions(TimeProvider clock)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(65);

    /// <summary>A camera can no longer be watched. After the commit the caller wakes the job and tells the pages.</summary>
    /// <param name="context">The caller's unit of work; the rows are changed at once.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="reason">Why, in one word for operators, for example <c>offline</c>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many live views end by this.</returns>
    public Task<int> EndForDeviceAsync(RingPortalContext context, Guid deviceId, string reason, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return context.LiveSessions.Where(session => session.DeviceId == deviceId && session.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.EndedAt, now).SetProperty(session => session.EndReason, reason).SetProperty(session => session.NextAttemptAt, now),
            cancellationToken);
    }

    /// <summary>A link is over: its tokens are gone, so Ring can neither be told nor needs to be (contract 5.7.8).</summary>
    /// <returns>How many live views are over by this.</returns>
    public Task<int> EndForLinkAsync(RingPortalContext context, Guid ringTokenId, string reason, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return context.LiveSessions.Where(session => session.RingTokenId == ringTokenId && session.ClosedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.EndedAt, session => session.EndedAt ?? now).SetProperty(session => session.EndReason, session => session.EndReason ?? reason)
                .SetProperty(session => session.ClosedAt, now).SetProperty(session => session.NextAttemptAt, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <summary>Ring itself ends every live view after 60 s: what is older was forgotten by its page.</summary>
    internal Task<int> EndOverdueAsync(RingPortalContext context, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        var over = clock.GetUtcNow() - s_longest;
        return context.LiveSessions.Where(session => session.ClosedAt == null && session.EndedAt == null && session.StartedAt < over).ExecuteUpdateAsync(
            set => set.SetProperty(session => session.EndedAt, now).SetProperty(session => session.EndReason, "limit").SetProperty(session => session.NextAttemptAt, now),
            cancellationToken);
    }
}
