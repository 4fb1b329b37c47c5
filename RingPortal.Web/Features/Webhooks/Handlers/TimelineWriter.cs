using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Devices;
using RingPortal.Data.Events;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>Writes an entry of the timeline once, however often its event comes.</summary>
internal static class TimelineWriter
{
    /// <summary>The key of the new entry; null when the event is recorded already.</summary>
    public static async Task<Guid?> AddToTimelineAsync(this EventHandling handling, Device device, DeviceEventKind kind, string? subType, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(handling.Now);
        var (kindName, occurredAt, message) = (kind.ToString(), handling.OccurredAt, handling.Message);
        var sourceKey = message.EventKey ?? message.RequestId;
        var written = await handling.Context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO device_events (id, device_id, user_id, kind, sub_type, occurred_at, recorded_at, source_key, inbox_id)
            VALUES ({id}, {device.Id}, {device.UserId}, {kindName}, {subType}, {occurredAt}, {handling.Now}, {sourceKey}, {message.Id})
            ON CONFLICT (device_id, source_key) DO NOTHING
            """,
            cancellationToken);
        return written > 0 ? id : null;
    }
}
