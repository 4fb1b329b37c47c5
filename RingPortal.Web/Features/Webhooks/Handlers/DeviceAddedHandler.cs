using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>A camera is shared: it appears as soon as a job has read it from Ring.</summary>
internal sealed class DeviceAddedHandler : IEventHandler
{
    public IReadOnlyCollection<string> Types { get; } = [RingEventTypes.DeviceAdded];

    public async Task<HandlingOutcome> HandleAsync(EventHandling handling, CancellationToken cancellationToken)
    {
        if (await handling.WasRemovedSinceAsync(cancellationToken))
        {
            return HandlingOutcome.Done("camera removed since");
        }

        await handling.ReadDevicesAgainAsync(cancellationToken);
        return HandlingOutcome.Applied;
    }
}
