using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Media;
using RingPortal.Web.Account;

namespace RingPortal.Web.Features.Media.Album;

/// <summary>Changes what the owner of a camera wants to be kept. A worker that is at it meanwhile finds its work withdrawn.</summary>
internal sealed class AlbumSchedules(IServiceScopeFactory scopes, MediaQueries media, SnapshotStore store, TimeProvider clock)
{
    /// <summary>Turns a schedule on, or changes it.</summary>
    /// <returns>When the next picture comes; null when the camera is not this person's or the choice is none.</returns>
    public async Task<DateTimeOffset?> SaveAsync(Guid userId, Guid deviceId, AlbumChoice choice, CancellationToken cancellationToken)
    {
        if (!IsValid(choice))
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        if (await media.CameraAsync(context, userId, deviceId, cancellationToken) is null)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var next = new AlbumRhythm(choice.At, choice.EveryHours, TimeZones.OrUtc(choice.TimeZone)).Next(now);
        var saved = await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO snapshot_schedules (id, device_id, user_id, every_hours, at, time_zone, keep_days, next_slot, next_attempt_at, attempts, changed_at)
            SELECT {Guid.CreateVersion7(now)}, id, user_id, {choice.EveryHours}, {choice.At}, {choice.TimeZone}, {choice.KeepDays}, {next}, {next}, 0, {now}
            FROM devices WHERE id = {deviceId} AND user_id = {userId} AND removed_at IS NULL FOR KEY SHARE
            ON CONFLICT (device_id) DO UPDATE SET
                every_hours = excluded.every_hours, at = excluded.at, time_zone = excluded.time_zone, keep_days = excluded.keep_days,
                next_slot = excluded.next_slot, next_attempt_at = excluded.next_attempt_at, attempts = 0, lease_id = NULL, lease_until = NULL, changed_at = excluded.changed_at
            """,
            cancellationToken);
        return saved > 0 ? next : null;
    }

    /// <summary>Turns it off; what was chosen is remembered, pictures stay.</summary>
    public async Task TurnOffAsync(Guid userId, Guid deviceId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        await Mine(scope, userId, deviceId).ExecuteUpdateAsync(
            set => set.SetProperty(schedule => schedule.NextSlot, (DateTimeOffset?)null).SetProperty(schedule => schedule.NextAttemptAt, (DateTimeOffset?)null)
                .SetProperty(schedule => schedule.LeaseId, (Guid?)null).SetProperty(schedule => schedule.LeaseUntil, (DateTimeOffset?)null).SetProperty(schedule => schedule.ChangedAt, now),
            cancellationToken);
    }

    /// <summary>Deletes one entry of an album.</summary>
    public async Task<bool> DeleteAsync(Guid userId, Guid pictureId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RingPortalContext>().Snapshots
            .Where(picture => picture.Id == pictureId && picture.UserId == userId && picture.Slot != null).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    private static IQueryable<SnapshotSchedule> Mine(AsyncServiceScope scope, Guid userId, Guid deviceId) =>
        scope.ServiceProvider.GetRequiredService<RingPortalContext>().SnapshotSchedules.Where(schedule => schedule.DeviceId == deviceId && schedule.UserId == userId);

    private bool IsValid(AlbumChoice choice) =>
        (choice.EveryHours is null || AlbumRhythm.Hours.Contains(choice.EveryHours.Value))
        && choice.KeepDays >= 1 && choice.KeepDays <= store.MostDays
        && TimeZones.OrNull(choice.TimeZone) is not null;
}
