using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Features.Subscriptions;

namespace RingPortal.Web.Features.LiveView;

/// <summary>A plan that ends takes its cameras' live views with it, in the transaction that learns of it.</summary>
internal sealed class LivePlan(PlanAccess plans, LiveSessions sessions)
{
    /// <summary>Ends what a person watches and has no plan for; the caller tells the pages and wakes the job after the commit.</summary>
    /// <returns>The cameras.</returns>
    public async Task<IReadOnlyList<Guid>> EndAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken)
    {
        var watched = await context.LiveSessions
            .Where(session => session.UserId == userId && session.ClosedAt == null && session.EndedAt == null)
            .Select(session => session.DeviceId).ToListAsync(cancellationToken);
        if (watched.Count == 0)
        {
            return [];
        }

        var without = await plans.WithoutPlanAsync(context, userId, cancellationToken);
        var ended = watched.Where(without.Contains).ToList();
        foreach (var device in ended)
        {
            await sessions.EndForDeviceAsync(context, device, LiveEnd.NoPlan, cancellationToken);
        }

        return ended;
    }
}
