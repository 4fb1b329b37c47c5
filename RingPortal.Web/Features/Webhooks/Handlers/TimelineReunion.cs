using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Events;
using RingPortal.Web.Features.Events.History;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>
/// The rare end of a batch: deliveries of events that Ring's history told before. Each becomes one with its entry, whose place
/// and address stay; what only looked alike is written as usual. The cameras are locked already.
/// </summary>
internal static class TimelineReunion
{
    /// <summary>Writes those of the entries that are not written yet.</summary>
    public static async Task WriteAsync(RingPortalContext context, IReadOnlyCollection<DeviceEvent> entries, CancellationToken cancellationToken)
    {
        var ids = entries.Select(entry => entry.Id).ToArray();
        var written = await context.DeviceEvents.Where(entry => ids.Contains(entry.Id)).Select(entry => entry.Id).ToHashSetAsync(cancellationToken);
        var left = entries.Where(entry => !written.Contains(entry.Id)).ToList();
        var pairs = EventPairing.Pairs(left, EventPlace.Of, await ToldAsync(context, left, cancellationToken), EventPlace.Of);
        foreach (var (delivered, told) in pairs)
        {
            (told.Origin, told.SourceKey, told.InboxId) = (EventOrigin.Both, delivered.SourceKey, delivered.InboxId);
            if (told.SubType is null or MotionClass.Motion)
            {
                told.SubType = delivered.SubType;
            }
        }

        context.DeviceEvents.AddRange(left.Except(pairs.Select(pair => pair.One)));
        await context.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
    }

    private static Task<List<DeviceEvent>> ToldAsync(RingPortalContext context, List<DeviceEvent> left, CancellationToken cancellationToken)
    {
        var (devices, starts) = (left.Select(entry => entry.DeviceId).ToArray(), left.Select(entry => entry.OccurredAt.UtcDateTime).ToArray());
        return context.DeviceEvents.FromSql(
            $"""
            SELECT DISTINCT near.* FROM unnest({devices}, {starts}) AS asked(device_id, start) CROSS JOIN LATERAL (
                SELECT * FROM device_events
                WHERE device_id = asked.device_id AND occurred_at BETWEEN asked.start - {EventPairing.Tolerance} AND asked.start + {EventPairing.Tolerance}) AS near
            WHERE near.origin = 'History'
            """).ToListAsync(cancellationToken);
    }
}
