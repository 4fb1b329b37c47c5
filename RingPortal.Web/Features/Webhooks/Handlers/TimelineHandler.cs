using RingPortal.Data.Devices;
using RingPortal.Data.Events;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>Motion and presses, and what this version does not know but a camera said: an entry in the household's timeline.</summary>
internal sealed class TimelineHandler(TimelineWriter timeline, NotificationDigests digests) : IEventHandler
{
    public IReadOnlyCollection<string> Types { get; } = [RingEventTypes.MotionDetected, RingEventTypes.ButtonPress];

    public async Task<HandlingOutcome> HandleAsync(EventHandling handling, CancellationToken cancellationToken)
    {
        if (handling.Message.Source is null)
        {
            return HandlingOutcome.Done("names no camera");
        }

        if (handling.OccurredAt < handling.Link!.ReceivedAt && !handling.OccurredAt.IsCloseBefore(handling.Link.ReceivedAt))
        {
            return HandlingOutcome.Done("before this connection");
        }

        return await handling.FindAsync(cancellationToken) is { } device
            ? await RecordAsync(handling, device, cancellationToken)
            : await handling.NotKnownAsync(cancellationToken);
    }

    /// <summary>A type that this version does not know: shown where a known camera says it, else only kept.</summary>
    public async Task<HandlingOutcome> HandleUnknownAsync(EventHandling handling, CancellationToken cancellationToken) =>
        handling.Message.Source is not null && await handling.FindAsync(cancellationToken) is { } device
            ? await RecordAsync(handling, device, cancellationToken)
            : HandlingOutcome.Done("unknown type, kept");

    private async Task<HandlingOutcome> RecordAsync(EventHandling handling, Device device, CancellationToken cancellationToken)
    {
        var (kind, subType) = handling.Message.EventType switch
        {
            RingEventTypes.ButtonPress => (DeviceEventKind.Press, null),
            RingEventTypes.MotionDetected => (DeviceEventKind.Motion, MotionClass.Of(RingEvent.Read(handling.Message.Body).SubType)),
            var other => (DeviceEventKind.Other, other),
        };
        if (handling.Lookups.IsRecorded(device.Id, handling.Message.TimelineKey()))
        {
            return HandlingOutcome.Done("known already");
        }

        handling.Aftermath.Show(new FeedChange(device.UserId, Feed(kind), device.Id, timeline.Add(handling, device, kind, subType)));
        if (handling.Lookups.IsToBeTold(device.Id)
            && await digests.NoteAsync(handling.Context, device.Id, device.UserId, kind, subType, handling.OccurredAt, handling.Now, cancellationToken))
        {
            handling.Aftermath.Wake("digests", work => work.SendDigests());
        }

        return kind is DeviceEventKind.Other ? HandlingOutcome.Done("unknown type, shown as other event") : HandlingOutcome.Applied;
    }

    private static FeedKind Feed(DeviceEventKind kind) =>
        kind is DeviceEventKind.Press ? FeedKind.Press : kind is DeviceEventKind.Motion ? FeedKind.Motion : FeedKind.Other;
}
