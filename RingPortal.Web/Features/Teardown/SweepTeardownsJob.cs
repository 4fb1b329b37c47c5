using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Teardown;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Teardown;

/// <summary>Finds teardowns whose wake-up was lost or whose instance died, and tells operators of those that do not come to an end.</summary>
internal sealed class SweepTeardownsJob(RingPortalContext context, WorkWake wake, Alarms alarms, TimeProvider clock)
{
    private const int Batch = 200;

    /// <summary>What has just become due is somebody's already.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_stuck = TimeSpan.FromMinutes(10);

    /// <summary>Runs each minute; a second run changes nothing, because each teardown is taken by one.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var overdue = now - s_patience;
        var due = await context.Teardowns.AsNoTracking()
            .Where(work => work.CompletedAt == null && work.NextAttemptAt <= overdue && (work.LeaseUntil == null || work.LeaseUntil <= now))
            .OrderBy(work => work.NextAttemptAt).Select(work => new { work.Id, work.Kind }).Take(Batch).ToListAsync(cancellationToken);
        foreach (var work in due)
        {
            (work.Kind is TeardownKind.Device ? wake.TearDownDevice : (Action<Guid>)wake.TearDownIntegration)(work.Id);
        }

        var before = now - s_stuck;
        var stuck = await context.Teardowns.CountAsync(work => work.CompletedAt == null && work.RequestedAt < before, cancellationToken);
        await (stuck > 0
            ? alarms.RaiseAsync("teardown.stuck", $"{stuck} removals have not come to an end for 10 minutes. Read the reason at the failed step, mend it; they go on by themselves.", cancellationToken)
            : alarms.ResolveAsync("teardown.stuck", cancellationToken));
    }
}
