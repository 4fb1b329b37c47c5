using System.Data;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Teardown;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Teardown.Steps;

/// <summary>A compressed document, and how much is in it.</summary>
internal sealed record ArchiveContent(byte[] Compressed, int Cameras, int Events);

/// <summary>
/// Writes what a teardown removes as one JSON document: cameras with their capabilities, events, live views and choices, how
/// many pictures there were, plans of a connection. Events are streamed and compressed as they come; only the compressed document is held.
/// </summary>
internal sealed class ArchiveWriter(RingPortalContext context, TimeProvider clock)
{
    private const int EventsPerFlush = 500;

    /// <summary>Reads everything as of one moment.</summary>
    public async Task<ArchiveContent> WriteAsync(TeardownWork work, CancellationToken cancellationToken)
    {
        await using var moment = await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        using var buffer = new MemoryStream();
        var (cameras, events) = (0, 0);
        await using (var compressed = new BrotliStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        await using (var json = new Utf8JsonWriter(compressed))
        {
            json.WriteStartObject();
            Write(json, "teardown", new { version = 1, work.Id, kind = $"{work.Kind}", cause = $"{work.Cause}", work.RingTokenId, work.Name, work.OccurredAt, work.RequestedAt });
            if (work.Kind is TeardownKind.Integration)
            {
                Write(json, "plans", await context.Subscriptions.AsNoTracking().Where(plan => plan.RingTokenId == work.RingTokenId).ToListAsync(cancellationToken));
            }

            json.WriteStartArray("cameras");
            foreach (var camera in await context.Cameras(work).AsNoTracking().OrderBy(device => device.Id).ToListAsync(cancellationToken))
            {
                cameras++;
                events += await WriteCameraAsync(json, camera, cancellationToken);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return new ArchiveContent(buffer.ToArray(), cameras, events);
    }

    private async Task<int> WriteCameraAsync(Utf8JsonWriter json, Device camera, CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        Write(json, "camera", camera);
        Write(json, "notifications", await context.NotificationPreferences.AsNoTracking().IgnoreQueryFilters().SingleOrDefaultAsync(choice => choice.DeviceId == camera.Id, cancellationToken));
        Write(json, "liveViews", await context.LiveSessions.AsNoTracking().Where(session => session.DeviceId == camera.Id).OrderBy(session => session.StartedAt)
            .Select(session => new { session.Id, session.StartedAt, session.EndedAt, session.EndReason, session.ClosedAt }).ToListAsync(cancellationToken));
        Write(json, "gaps", await context.EventGaps.AsNoTracking().Where(gap => gap.DeviceId == camera.Id).OrderBy(gap => gap.FromAt)
            .Select(gap => new { gap.FromAt, gap.ToAt, gap.Cause, state = gap.State.ToString(), gap.Found, gap.Filled }).ToListAsync(cancellationToken));
        Write(json, "schedule", await context.SnapshotSchedules.AsNoTracking().Where(schedule => schedule.DeviceId == camera.Id)
            .Select(schedule => new { schedule.EveryHours, schedule.At, schedule.TimeZone, schedule.KeepDays, schedule.ChangedAt }).SingleOrDefaultAsync(cancellationToken));
        // How many there were; what they showed is gone with them.
        json.WriteNumber("pictures", await context.Snapshots.CountAsync(picture => picture.DeviceId == camera.Id && picture.SealedContent != null, cancellationToken));
        json.WriteStartArray("events");
        var count = 0;
        var breath = new Breath(clock);
        var all = context.DeviceEvents.AsNoTracking().IgnoreQueryFilters().Where(entry => entry.DeviceId == camera.Id).OrderBy(entry => entry.OccurredAt).ThenBy(entry => entry.Id);
        await foreach (var entry in all.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            JsonSerializer.Serialize(json, new { entry.Id, kind = $"{entry.Kind}", entry.SubType, entry.OccurredAt, entry.EndedAt, entry.RecordedAt, entry.SourceKey, entry.HistoryId, origin = $"{entry.Origin}", entry.Reviewed }, JsonSerializerOptions.Web);
            if (++count % EventsPerFlush == 0)
            {
                await json.FlushAsync(cancellationToken);
                await breath.TakeAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return count;
    }

    private static void Write<T>(Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, JsonSerializerOptions.Web);
    }
}
