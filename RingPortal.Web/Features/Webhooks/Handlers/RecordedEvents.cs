using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Webhooks;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>Which events stand in timelines already.</summary>
internal static class RecordedEvents
{
    /// <summary>What an event is known by in the timeline of its camera, however often it comes.</summary>
    public static string TimelineKey(this InboxMessage message) => message.EventKey ?? message.RequestId;

    /// <summary>Those that are recorded.</summary>
    public static async Task<HashSet<(Guid Device, string SourceKey)>> RecordedAsync(
        this RingPortalContext context, IReadOnlyCollection<(Guid Device, string SourceKey)> events, CancellationToken cancellationToken)
    {
        var (devices, keys) = (events.Select(entry => entry.Device).ToArray(), events.Select(entry => entry.SourceKey).ToArray());
        var found = await context.DeviceEvents.FromSql(
            $"""
            SELECT entry.* FROM unnest({devices}, {keys}) AS asked(device_id, source_key)
            JOIN device_events entry ON entry.device_id = asked.device_id AND entry.source_key = asked.source_key
            """).IgnoreQueryFilters().Select(entry => new { entry.DeviceId, entry.SourceKey }).ToListAsync(cancellationToken);
        return [.. found.Select(entry => (entry.DeviceId, entry.SourceKey))];
    }
}
