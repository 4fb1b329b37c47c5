using RingPortal.Data.Teardown;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>
/// A camera is no longer shared: hidden at once, torn down by a job. Nothing is torn down by news from before this
/// connection, or from before Ring last showed the camera.
/// </summary>
internal sealed class DeviceRemovedHandler(TeardownRequests teardowns) : IEventHandler
{
    public IReadOnlyCollection<string> Types { get; } = [RingEventTypes.DeviceRemoved];

    public async Task<HandlingOutcome> HandleAsync(EventHandling handling, CancellationToken cancellationToken)
    {
        var (message, link, occurredAt) = (handling.Message, handling.Link!, handling.OccurredAt);
        if (message.Source is not { } ringDeviceId)
        {
            return HandlingOutcome.Done("names no camera");
        }

        if (occurredAt < link.ReceivedAt)
        {
            return await OlderAsync(handling, link.ReceivedAt, "before this connection", cancellationToken);
        }

        if (await handling.LockAsync(cancellationToken) is not { } device)
        {
            if (!await handling.WasRemovedSinceAsync(cancellationToken))
            {
                teardowns.UnknownDevice(handling.Context, link, ringDeviceId, occurredAt, message.Id);
            }

            return HandlingOutcome.Done("camera not known here");
        }

        if (occurredAt <= device.RefreshedAt)
        {
            return await OlderAsync(handling, device.RefreshedAt, "Ring showed the camera since", cancellationToken);
        }

        var work = await teardowns.DeviceAsync(handling.Context, device, TeardownCause.Webhook, occurredAt, message.Id, cancellationToken);
        handling.Aftermath.Show(new FeedChange(device.UserId, FeedKind.Removed, device.Id));
        handling.Aftermath.Wake($"teardown {work.Id}", wake => wake.TearDownDevice(work.Id));
        return HandlingOutcome.Applied;
    }

    private static async Task<HandlingOutcome> OlderAsync(EventHandling handling, DateTimeOffset known, string words, CancellationToken cancellationToken)
    {
        if (!handling.OccurredAt.IsCloseBefore(known))
        {
            return HandlingOutcome.Done(words);
        }

        await handling.ReadDevicesAgainAsync(cancellationToken);
        return HandlingOutcome.Done($"{words}, read again");
    }
}
