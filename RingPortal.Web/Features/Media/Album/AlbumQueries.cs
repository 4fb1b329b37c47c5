using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.Media.Album;

/// <summary>What album pages show, for the owner alone. Each question uses a scope of its own, because pages stay open.</summary>
internal sealed class AlbumQueries(IServiceScopeFactory scopes, MediaQueries media, SnapshotStore store)
{
    private static readonly TimeOnly s_morning = new(8, 0);

    /// <summary>The album of a camera; null when it is not this person's.</summary>
    /// <param name="userId">The person.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="before">Entries before this moment; null for the newest.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<AlbumView?> AlbumAsync(Guid userId, Guid deviceId, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        if (await media.CameraAsync(context, userId, deviceId, cancellationToken) is not { NeedsPlan: false })
        {
            return null;
        }

        var rows = await context.Snapshots.AsNoTracking()
            .Where(picture => picture.DeviceId == deviceId && picture.Slot != null && (before == null || picture.Slot < before))
            .OrderByDescending(picture => picture.Slot)
            .Take(AlbumView.Most + 1)
            .Select(picture => new AlbumEntry(picture.Id, picture.Slot!.Value, picture.Outcome, picture.TakenAt, picture.Origin, picture.Width, picture.Height))
            .ToListAsync(cancellationToken);
        var next = await context.SnapshotSchedules.Where(schedule => schedule.DeviceId == deviceId).Select(schedule => schedule.NextSlot).SingleOrDefaultAsync(cancellationToken);
        return new AlbumView([.. rows.Take(AlbumView.Most)], rows.Count > AlbumView.Most, next);
    }

    /// <summary>The schedule of a camera; null when it is not this person's.</summary>
    public async Task<AlbumSchedule?> ScheduleAsync(Guid userId, Guid deviceId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        if (await media.CameraAsync(context, userId, deviceId, cancellationToken) is not { } camera)
        {
            return null;
        }

        var row = await context.SnapshotSchedules.AsNoTracking().SingleOrDefaultAsync(schedule => schedule.DeviceId == deviceId, cancellationToken);
        return row is null
            ? new AlbumSchedule(new AlbumChoice(s_morning, null, camera.TimeZone ?? "UTC", store.MostDays), null, store.MostDays)
            : new AlbumSchedule(new AlbumChoice(row.At, row.EveryHours, row.TimeZone, Math.Min(row.KeepDays, store.MostDays)), row.NextSlot, store.MostDays);
    }
}
