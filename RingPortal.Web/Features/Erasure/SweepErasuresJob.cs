using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Erasure;

/// <summary>Finds erasures whose wake-up was lost or whose instance died, and tells operators of those that do not come to an end.</summary>
internal sealed class SweepErasuresJob(RingPortalContext context, WorkWake wake, Alarms alarms, TimeProvider clock)
{
    private const int Batch = 200;

    /// <summary>What has just become due is somebody's already.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_stuck = TimeSpan.FromMinutes(10);

    /// <summary>Runs each minute; a second run changes nothing, because each erasure is taken by one.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var overdue = now - s_patience;
        var due = await context.Erasures.AsNoTracking()
            .Where(work => work.CompletedAt == null && work.NextAttemptAt <= overdue && (work.LeaseUntil == null || work.LeaseUntil <= now))
            .OrderBy(work => work.NextAttemptAt).Select(work => work.Id).Take(Batch).ToListAsync(cancellationToken);
        due.ForEach(wake.Erase);

        var before = now - s_stuck;
        var stuck = await context.Erasures.CountAsync(work => work.CompletedAt == null && work.RequestedAt < before, cancellationToken);
        await (stuck > 0
            ? alarms.RaiseAsync("erasure.stuck", $"{stuck} accounts that people deleted have not gone for 10 minutes. Read the reason in the table of erasures and mend it; they go on by themselves. The law gives a month, our own limit is a day.", cancellationToken)
            : alarms.ResolveAsync("erasure.stuck", cancellationToken));
    }
}
