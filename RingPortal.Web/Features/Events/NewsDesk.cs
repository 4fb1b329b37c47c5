using RingPortal.Data.Events;
using RingPortal.Web.Components.Toasts;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Events;

/// <summary>
/// Tells one open page what is new for its reader, each thing once: events of the last two minutes, and cameras that are no
/// longer shared. Reads what is, so nothing depends on every single change being heard.
/// </summary>
internal sealed class NewsDesk(EventQueries events, DeviceQueries devices, TimeProvider clock, Texts texts)
{
    /// <summary>What is older when it arrives, after an outage for example, belongs into the timeline and is no news.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(2);

    private Dictionary<Guid, string>? _cameras;
    private HashSet<Guid> _told = [];

    /// <summary>Whether a change may bring news.</summary>
    public static bool Concerns(FeedChange change) => change.Kind is not (FeedKind.Status or FeedKind.Plan or FeedKind.Live);

    /// <summary>What is new since the last time, oldest first. The first time only notes what the reader sees already.</summary>
    public async Task<IReadOnlyList<ToastNews>> ReadAsync(Guid userId, CancellationToken cancellationToken)
    {
        var recent = await events.RecentAsync(userId, clock.GetUtcNow() - s_fresh, cancellationToken);
        var names = await devices.NamesAsync(userId, cancellationToken);
        var cameras = names.ToDictionary(camera => camera.Id, camera => camera.Name);
        var open = names.Where(camera => !camera.NeedsPlan).Select(camera => camera.Id).ToHashSet();
        var before = _cameras;
        // Who watches knows it, and nobody else needs to be told.
        var unknown = recent.Where(entry => entry.Kind is not DeviceEventKind.LiveView && !_told.Contains(entry.Id) && open.Contains(entry.DeviceId)).ToList();
        (_cameras, _told) = (cameras, [.. recent.Select(entry => entry.Id)]);
        return before is null
            ? []
            : [.. before.Where(camera => !cameras.ContainsKey(camera.Key)).Select(camera => Removed(camera.Key, camera.Value)), .. unknown.Select(entry => Happened(entry, cameras[entry.DeviceId]))];
    }

    private static string RingsAt(Guid camera) => $"ring-{camera}";

    private ToastNews Removed(Guid id, string camera) => new("VideocamOff", texts.Format("dev.removed", ("Device", camera)), "removed")
    {
        Ends = RingsAt(id),
        Together = count => texts.Format("dev.removed.more", ("n", count)),
    };

    private ToastNews Happened(TimelineEntry entry, string camera) => entry.Kind is DeviceEventKind.Press
        ? new(entry.Word.Icon(), texts.Format("toast.ring", ("Device", camera)), RingsAt(entry.DeviceId))
        {
            IsUrgent = true,
            ActText = texts["toast.ring.action"],
            ActHref = $"/devices/{entry.DeviceId}",
        }
        : new(entry.Word.Icon(), texts.Format("toast.motion", ("Kind", texts[entry.Word.TextKey()]), ("Device", camera)), "events")
        {
            Together = count => texts.Format("toast.events", ("n", count)),
            TogetherIcon = "EventNote",
        };
}
