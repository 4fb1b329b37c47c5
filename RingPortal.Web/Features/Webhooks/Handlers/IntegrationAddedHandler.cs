using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>Ring finished a linking. Only our own confirmation and completion make a link (contract 5.6): nothing changes here.</summary>
internal sealed class IntegrationAddedHandler : IEventHandler
{
    public IReadOnlyCollection<string> Types { get; } = [RingEventTypes.IntegrationAdded];

    public Task<HandlingOutcome> HandleAsync(EventHandling handling, CancellationToken cancellationToken) =>
        Task.FromResult(HandlingOutcome.Done("noted"));
}
