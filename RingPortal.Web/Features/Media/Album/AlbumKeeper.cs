using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Media;
using RingPortal.Web.Account;
using RingPortal.Web.Ring;
using RingPortal.Web.Ring.Media;

namespace RingPortal.Web.Features.Media.Album;

/// <summary>
/// Puts the latest existing picture of the time since the moment before into an album, or notes why there is none. Each moment
/// of a schedule once, whoever else works on it: taken with a lease, settled in one transaction only while it is still due.
/// </summary>
internal sealed partial class AlbumKeeper(
    RingPortalContext context, MediaQueries media, MediaDesk desk, SnapshotStore store, TimeProvider clock, ILogger<AlbumKeeper> logger)
{
    private const int MostAttempts = 6;
    private const int MostAtOnce = 48;

    private static readonly TimeSpan s_busy = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(30);

    /// <summary>Ring looks through a day at most.</summary>
    private static readonly TimeSpan s_window = TimeSpan.FromHours(24);

    /// <summary>What was missed longer ago, while the portal was down, is left out.</summary>
    private static readonly TimeSpan s_worthIt = TimeSpan.FromHours(48);

    /// <summary>Works on all due moments of a schedule.</summary>
    public async Task RunAsync(Guid scheduleId, CancellationToken cancellationToken)
    {
        for (var number = 0; number < MostAtOnce && await TakeAsync(scheduleId, cancellationToken) is { } schedule; number++)
        {
            await KeepAsync(schedule, cancellationToken);
        }
    }

    private async Task<SnapshotSchedule?> TakeAsync(Guid id, CancellationToken cancellationToken)
    {
        var (now, lease, until) = (clock.GetUtcNow(), Guid.NewGuid(), clock.GetUtcNow() + s_busy);
        var taken = await context.SnapshotSchedules.FromSql(
            $"""
            UPDATE snapshot_schedules SET lease_id = {lease}, lease_until = {until}, attempts = attempts + 1
            WHERE id = {id} AND next_slot IS NOT NULL AND next_attempt_at <= {now} AND (lease_until IS NULL OR lease_until < {now})
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return taken is [var schedule] ? schedule : null;
    }

    private async Task KeepAsync(SnapshotSchedule schedule, CancellationToken cancellationToken)
    {
        var rhythm = new AlbumRhythm(schedule.At, schedule.EveryHours, TimeZones.OrUtc(schedule.TimeZone));
        var (slot, now) = (schedule.NextSlot!.Value, clock.GetUtcNow());
        if (slot < now - s_worthIt)
        {
            await MoveOnAsync(schedule, rhythm.Next(now - s_worthIt), cancellationToken);
        }
        else if (await media.CameraAsync(context, schedule.UserId, schedule.DeviceId, cancellationToken) is not { } camera)
        {
            // Being torn down, or its connection is over.
            await MoveOnAsync(schedule, null, cancellationToken);
        }
        else
        {
            var (picture, outcome) = await LookAsync(camera, rhythm.Previous(slot), slot, cancellationToken);
            if (outcome is null && schedule.Attempts < MostAttempts)
            {
                await LaterAsync(schedule, now, cancellationToken);
                return;
            }

            await SettleAsync(schedule, store.Entry(camera, slot, outcome ?? SnapshotOutcome.Failed, picture, schedule.KeepDays), rhythm.Next(slot), cancellationToken);
        }
    }

    /// <summary>What there is of a period; neither picture nor outcome when Ring may tell later.</summary>
    private async Task<(NewPicture? Picture, SnapshotOutcome? Outcome)> LookAsync(MediaCamera camera, DateTimeOffset previous, DateTimeOffset slot, CancellationToken cancellationToken)
    {
        var begin = new[] { previous, slot - s_window, camera.SharedSince }.Max();
        if (camera.NeedsPlan)
        {
            return (null, SnapshotOutcome.Denied);
        }

        if (camera.IsOffline)
        {
            return (null, SnapshotOutcome.Offline);
        }

        if (begin >= slot)
        {
            return (null, SnapshotOutcome.Nothing);
        }

        var (file, no) = await desk.ImageAsync(camera, new RingImageRequest.LatestInRange(begin, slot), RingPriority.Background, cancellationToken);
        if (file is null)
        {
            return (null, Outcome(no!.Refusal));
        }

        await using (file)
        {
            try
            {
                return (await NewPicture.ReadAsync(file, cancellationToken), SnapshotOutcome.Kept);
            }
            catch (RingMediaException exception)
            {
                Log.Broken(logger, camera.Id, exception.Message);
                return (null, null);
            }
        }
    }

    private static SnapshotOutcome? Outcome(MediaRefusal refusal) => refusal switch
    {
        MediaRefusal.None => SnapshotOutcome.Nothing,
        MediaRefusal.Denied or MediaRefusal.NoPlan => SnapshotOutcome.Denied,
        MediaRefusal.Protected => SnapshotOutcome.Protected,
        MediaRefusal.Broken => SnapshotOutcome.Failed,
        _ => null,
    };

    private async Task SettleAsync(SnapshotSchedule schedule, Snapshot entry, DateTimeOffset next, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // In the order in which a removal takes them.
        var isThere = await context.Database.SqlQuery<int>(
            $"""SELECT 1 AS "Value" FROM devices WHERE id = {schedule.DeviceId} AND removed_at IS NULL FOR KEY SHARE""").ToListAsync(cancellationToken);
        if (isThere.Count == 0 || !await MoveOnAsync(schedule, next, cancellationToken))
        {
            Log.Withdrawn(logger, schedule.Id);
            return;
        }

        // A moment that came before an earlier change of the schedule may have its entry already.
        if (!await context.Snapshots.AnyAsync(kept => kept.DeviceId == schedule.DeviceId && kept.Slot == entry.Slot, cancellationToken))
        {
            context.Snapshots.Add(entry);
            await context.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        Log.Kept(logger, schedule.DeviceId, entry.Outcome);
    }

    /// <summary>False when the schedule was changed, turned off or taken over meanwhile.</summary>
    private async Task<bool> MoveOnAsync(SnapshotSchedule schedule, DateTimeOffset? next, CancellationToken cancellationToken) =>
        await Held(schedule).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.NextSlot, next).SetProperty(row => row.NextAttemptAt, next).SetProperty(row => row.Attempts, 0)
                .SetProperty(row => row.LeaseId, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken) > 0;

    private Task<int> LaterAsync(SnapshotSchedule schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? next = now + (s_firstPause * Math.Pow(2, schedule.Attempts - 1));
        return Held(schedule).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.NextAttemptAt, next).SetProperty(row => row.LeaseId, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    private IQueryable<SnapshotSchedule> Held(SnapshotSchedule schedule) =>
        context.SnapshotSchedules.Where(row => row.Id == schedule.Id && row.LeaseId == schedule.LeaseId && row.NextSlot == schedule.NextSlot);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Album of camera {DeviceId}: {Outcome}")]
        public static partial void Kept(ILogger logger, Guid deviceId, SnapshotOutcome outcome);

        [LoggerMessage(2, LogLevel.Information, "Schedule {ScheduleId} was changed meanwhile")]
        public static partial void Withdrawn(ILogger logger, Guid scheduleId);

        [LoggerMessage(3, LogLevel.Warning, "A picture for the album of camera {DeviceId} did not come: {Reason}")]
        public static partial void Broken(ILogger logger, Guid deviceId, string reason);
    }
}
