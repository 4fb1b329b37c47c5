using Hangfire;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.Media.Album;

/// <summary>Fills albums; safe to run any number of times, anywhere.</summary>
[AutomaticRetry(Attempts = 3)]
internal sealed class TakeSnapshotJob(RingPortalContext context, AlbumKeeper keeper, IBackgroundJobClient jobs, TimeProvider clock)
{
    private const int Batch = 500;

    /// <summary>Works on what is due of one schedule.</summary>
    public Task RunAsync(Guid scheduleId, CancellationToken cancellationToken) => keeper.RunAsync(scheduleId, cancellationToken);

    /// <summary>Finds schedules that are due.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var due = await context.SnapshotSchedules.AsNoTracking()
            .Where(schedule => schedule.NextAttemptAt <= now && (schedule.LeaseUntil == null || schedule.LeaseUntil < now))
            .OrderBy(schedule => schedule.NextAttemptAt).Select(schedule => schedule.Id).Take(Batch).ToListAsync(cancellationToken);
        due.ForEach(id => jobs.Enqueue<TakeSnapshotJob>(job => job.RunAsync(id, CancellationToken.None)));
    }
}
