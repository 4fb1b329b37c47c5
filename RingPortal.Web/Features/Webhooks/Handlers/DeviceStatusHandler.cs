using RingPortal.Data.Devices;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>Online and offline, by the time of the event: what is older than what is known changes nothing (contract 5.6).</summary>
internal sealed class DeviceStatusHandler(LiveSessions sessions, NotificationDigests digests) : IEventHandler
{
    private static readonly TimeSpan s_plausible = TimeSpan.FromMinutes(10);

    public IReadOnlyCollection<string> Types { get; } = [RingEventTypes.DeviceOnline, RingEventTypes.DeviceOffline];

    public async Task<HandlingOutcome> HandleAsync(EventHandling handling, CancellationToken cancellationToken)
    {
        if (await handling.LockAsync(cancellationToken) is not { } device)
        {
            return await handling.NotKnownAsync(cancellationToken);
        }

        var occurredAt = handling.OccurredAt;
        if (occurredAt > handling.Now + s_plausible)
        {
            // It would silence every true report until then.
            await handling.ReadDevicesAgainAsync(cancellationToken);
            return HandlingOutcome.Done("time not plausible, read again");
        }

        if (device.StatusAt is { } known && occurredAt <= known)
        {
            return await OlderAsync(handling, known, cancellationToken);
        }

        var online = handling.Message.EventType is RingEventTypes.DeviceOnline;
        Apply(device, online, occurredAt);
        if (!online)
        {
            await WentOfflineAsync(handling, device, cancellationToken);
        }

        handling.Aftermath.Show(new FeedChange(device.UserId, FeedKind.Status, device.Id));
        return HandlingOutcome.Applied;
    }

    private static async Task<HandlingOutcome> OlderAsync(EventHandling handling, DateTimeOffset known, CancellationToken cancellationToken)
    {
        if (!handling.OccurredAt.IsCloseBefore(known))
        {
            return HandlingOutcome.Stale;
        }

        await handling.ReadDevicesAgainAsync(cancellationToken);
        return HandlingOutcome.Done("close to what is known, read again");
    }

    private async Task WentOfflineAsync(EventHandling handling, Device device, CancellationToken cancellationToken)
    {
        if (await sessions.EndForDeviceAsync(handling.Context, device.Id, "offline", cancellationToken) > 0)
        {
            handling.Aftermath.Show(new FeedChange(device.UserId, FeedKind.Live, device.Id));
            handling.Aftermath.Wake($"live {device.Id}", work => work.EndLiveSessions(device.Id));
        }

        if (await digests.NoteOfflineAsync(handling.Context, device.Id, device.UserId, handling.OccurredAt, handling.Now, cancellationToken))
        {
            handling.Aftermath.Wake("digests", work => work.SendDigests());
        }
    }

    private static void Apply(Device device, bool online, DateTimeOffset at)
    {
        if (online || device.Online is true)
        {
            device.LastOnlineAt = at;
        }

        device.OfflineSince = online ? null : device.Online is false ? device.OfflineSince ?? at : at;
        device.Online = online;
        device.StatusAt = at;
    }
}
