using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Events;

namespace RingPortal.Web.Features.Events;

/// <summary>What happened last at each camera of a person.</summary>
internal static class LatestEvents
{
    /// <summary>By camera; cameras without any event are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, TimelineEntry>> OfAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken)
    {
        // By hand: one step into the index per camera, where a translated query would number all events of all cameras.
        var rows = await context.DeviceEvents.FromSql(
            $"""
            SELECT latest.* FROM devices
            CROSS JOIN LATERAL (
                SELECT * FROM device_events
                WHERE device_events.device_id = devices.id AND device_events.user_id = devices.user_id
                ORDER BY occurred_at DESC, id DESC LIMIT 1) latest
            WHERE devices.user_id = {userId} AND devices.removed_at IS NULL
            """).AsNoTracking().ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.DeviceId, Entry);
    }

    public static TimelineEntry Entry(DeviceEvent row) => new(row.Id, row.DeviceId, row.Kind, row.SubType, row.OccurredAt);
}
