using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Events;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>
/// Writes the entries of a batch into the timelines, each once however often its event comes: what is recorded already was
/// read before, and when another instance is faster with one of them, the insert fails, and each delivery is tried alone.
/// </summary>
internal sealed class TimelineWriter
{
    private readonly List<DeviceEvent> _entries = [];

    /// <summary>Leaves a new entry to be written; answers with its key.</summary>
    public Guid Add(EventHandling handling, Device device, DeviceEventKind kind, string? subType)
    {
        var entry = new DeviceEvent
        {
            Id = Guid.CreateVersion7(handling.Now),
            DeviceId = device.Id,
            UserId = device.UserId,
            Kind = kind,
            SubType = subType,
            OccurredAt = handling.OccurredAt,
            RecordedAt = handling.Now,
            SourceKey = handling.Message.TimelineKey(),
            InboxId = handling.Message.Id,
        };
        _entries.Add(entry);
        return entry.Id;
    }

    /// <summary>The transaction of what was left is lost.</summary>
    public void Forget() => _entries.Clear();

    /// <summary>Writes what was left, in one statement.</summary>
    public async Task WriteAsync(RingPortalContext context, CancellationToken cancellationToken)
    {
        if (_entries.Count == 0)
        {
            return;
        }

        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO device_events (id, device_id, user_id, kind, sub_type, occurred_at, recorded_at, source_key, inbox_id)
            SELECT * FROM unnest(
                {_entries.Select(entry => entry.Id).ToArray()}, {_entries.Select(entry => entry.DeviceId).ToArray()}, {_entries.Select(entry => entry.UserId).ToArray()},
                {_entries.Select(entry => entry.Kind.ToString()).ToArray()}, {_entries.Select(entry => entry.SubType).ToArray()},
                {_entries.Select(entry => entry.OccurredAt.UtcDateTime).ToArray()}, {_entries.Select(entry => entry.RecordedAt.UtcDateTime).ToArray()},
                {_entries.Select(entry => entry.SourceKey).ToArray()}, {_entries.Select(entry => entry.InboxId).ToArray()})
            """,
            cancellationToken);
        _entries.Clear();
    }
}
