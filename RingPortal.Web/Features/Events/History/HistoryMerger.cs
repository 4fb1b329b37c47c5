using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Events;
using RingPortal.Web.Features.Webhooks.Handlers;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Events.History;

/// <summary>What became of an entry of the history.</summary>
/// <param name="At">When it began (UTC).</param>
/// <param name="IsNew">Whether nobody knew of it.</param>
/// <param name="IsUnclear">Whether it is motion of a class that nobody asked for yet.</param>
internal readonly record struct MergedEvent(DateTimeOffset At, bool IsNew, bool IsUnclear);

/// <summary>Writes entries of the history into a camera's timeline, each once, whoever else writes there at the same time.</summary>
internal sealed class HistoryMerger(RingPortalContext context, TimeProvider clock)
{
    private static readonly TimeSpan s_plausible = TimeSpan.FromMinutes(10);

    /// <summary>Merges one page, in a transaction of its own.</summary>
    /// <returns>What became of each entry; null when the camera is not shared any more.</returns>
    public async Task<IReadOnlyList<MergedEvent>?> MergeAsync(HistoryCamera camera, IReadOnlyList<RingHistoryEvent> events, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await TimelineLock.EnterAloneAsync(context, camera.DeviceId, cancellationToken);
        // Held until the commit: a teardown deletes the camera after what is written here, never before.
        var isShared = await context.Database
            .SqlQuery<Guid>($"""SELECT id AS "Value" FROM devices WHERE id = {camera.DeviceId} AND removed_at IS NULL FOR KEY SHARE""").ToListAsync(cancellationToken) is [_];
        if (!isShared)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var told = events.Where(entry => entry.Start >= camera.Floor && entry.Start <= now + s_plausible).DistinctBy(entry => entry.Id).ToList();
        var known = told.Count > 0 ? await KnownAsync(camera, told, cancellationToken) : [];
        var merged = Merge(camera, told, known, await OwnViews.NearAsync(context, camera.DeviceId, told, cancellationToken), now);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return merged;
    }

    /// <summary>Every class was asked for down to there: motion that none of them named is of no class.</summary>
    public Task SettleClassesAsync(HistoryCamera camera, DateTimeOffset from, CancellationToken cancellationToken) =>
        context.DeviceEvents
            .Where(entry => entry.DeviceId == camera.DeviceId && entry.OccurredAt >= from && entry.Kind == DeviceEventKind.Motion && entry.SubType == null)
            .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.SubType, MotionClass.Motion), cancellationToken);

    private Task<List<DeviceEvent>> KnownAsync(HistoryCamera camera, List<RingHistoryEvent> told, CancellationToken cancellationToken)
    {
        var (ids, starts) = (told.Select(entry => entry.Id).ToArray(), told.Select(entry => entry.Start.UtcDateTime).ToArray());
        return context.DeviceEvents.FromSql(
            $"""
            SELECT * FROM device_events WHERE device_id = {camera.DeviceId} AND history_id = ANY({ids})
            UNION
            SELECT near.* FROM unnest({starts}) AS told(start) CROSS JOIN LATERAL (
                SELECT * FROM device_events
                WHERE device_id = {camera.DeviceId} AND occurred_at BETWEEN told.start - {EventPairing.Tolerance} AND told.start + {EventPairing.Tolerance}) AS near
            WHERE near.origin = 'Delivery'
            """).ToListAsync(cancellationToken);
    }

    private List<MergedEvent> Merge(HistoryCamera camera, List<RingHistoryEvent> told, List<DeviceEvent> known, IReadOnlySet<string> own, DateTimeOffset now)
    {
        var rows = known.Where(row => row.HistoryId is not null).ToDictionary(row => row.HistoryId!, StringComparer.Ordinal);
        var pairs = EventPairing.Pairs(
            told.Where(entry => !rows.ContainsKey(entry.Id)).ToList(), entry => Place(camera, entry),
            known.Where(row => row.HistoryId is null).ToList(), EventPlace.Of);
        foreach (var (entry, row) in pairs)
        {
            (row.HistoryId, row.Origin) = (entry.Id, EventOrigin.Both);
            rows[entry.Id] = row;
        }

        var merged = new List<MergedEvent>(told.Count);
        foreach (var entry in told)
        {
            var isNew = !rows.TryGetValue(entry.Id, out var row);
            row ??= context.DeviceEvents.Add(New(camera, entry, now)).Entity;
            Learn(row, entry, own.Contains(entry.Id));
            merged.Add(new MergedEvent(entry.Start, isNew, row is { Kind: DeviceEventKind.Motion, SubType: null }));
        }

        return merged;
    }

    private static EventPlace Place(HistoryCamera camera, RingHistoryEvent entry)
    {
        var (kind, subType) = HistoryWords.Of(entry);
        return new EventPlace(camera.DeviceId, kind, subType, entry.Start);
    }

    private static DeviceEvent New(HistoryCamera camera, RingHistoryEvent entry, DateTimeOffset now)
    {
        var (kind, subType) = HistoryWords.Of(entry);
        return new DeviceEvent
        {
            Id = Guid.CreateVersion7(now),
            DeviceId = camera.DeviceId,
            UserId = camera.UserId,
            Kind = kind,
            SubType = subType,
            OccurredAt = entry.Start,
            RecordedAt = now,
            SourceKey = $"history:{entry.Id}",
            HistoryId = entry.Id,
            Origin = EventOrigin.History,
        };
    }

    private static void Learn(DeviceEvent row, RingHistoryEvent entry, bool isOwnView)
    {
        row.EndedAt = entry.End ?? row.EndedAt;
        row.Reviewed |= entry.IsReviewed;
        if (row.Kind is DeviceEventKind.Motion && row.SubType is null or MotionClass.Motion)
        {
            row.SubType = HistoryWords.Of(entry).SubType ?? row.SubType;
        }
        else if (row.Kind is DeviceEventKind.LiveView && isOwnView)
        {
            row.SubType = DeviceEvent.OwnView;
        }
    }
}
