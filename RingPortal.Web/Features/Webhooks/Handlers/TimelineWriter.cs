using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Events;
using RingPortal.Web.Features.Events.History;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>
/// Writes the entries of a batch into the timelines, each once however often its event comes: what is recorded already was
/// read before, and when another instance is faster with one of them, the insert fails, and each delivery is tried alone.
/// What Ring's history told before becomes one with its delivery.
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

    /// <summary>Writes what was left, in one go; those that the history may know already are looked at more closely.</summary>
    public async Task WriteAsync(RingPortalContext context, CancellationToken cancellationToken)
    {
        if (_entries.Count == 0)
        {
            return;
        }

        // Two statements sent together; the second one sees everything that was committed while the first one waited.
        var devices = _entries.Select(entry => entry.DeviceId).ToArray();
        var written = await context.Database.ExecuteSqlAsync(
            $"""
            SELECT pg_advisory_xact_lock_shared({TimelineLock.Space}, camera.key) FROM (SELECT DISTINCT hashtext(id::text) AS key FROM unnest({devices}) AS id ORDER BY 1) AS camera;
            INSERT INTO device_events (id, device_id, user_id, kind, sub_type, occurred_at, recorded_at, source_key, inbox_id)
            SELECT * FROM unnest(
                {_entries.Select(entry => entry.Id).ToArray()}, {devices}, {_entries.Select(entry => entry.UserId).ToArray()},
                {_entries.Select(entry => entry.Kind.ToString()).ToArray()}, {_entries.Select(entry => entry.SubType).ToArray()},
                {_entries.Select(entry => entry.OccurredAt.UtcDateTime).ToArray()}, {_entries.Select(entry => entry.RecordedAt.UtcDateTime).ToArray()},
                {_entries.Select(entry => entry.SourceKey).ToArray()}, {_entries.Select(entry => entry.InboxId).ToArray()})
                AS told(id, device_id, user_id, kind, sub_type, occurred_at, recorded_at, source_key, inbox_id)
            WHERE (
                SELECT known.id FROM device_events AS known
                WHERE known.device_id = told.device_id AND known.origin = 'History' AND known.kind = told.kind
                  AND known.occurred_at BETWEEN told.occurred_at - {EventPairing.Tolerance} AND told.occurred_at + {EventPairing.Tolerance}
                LIMIT 1) IS NULL
            """,
            cancellationToken);
        if (written < _entries.Count)
        {
            await TimelineReunion.WriteAsync(context, _entries, cancellationToken);
        }

        _entries.Clear();
    }
}
