using System.Collections.Frozen;
using RingPortal.Data;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>
/// Whose event it is and who applies it. The owner is found through the Ring account alone, never through a device id
/// (contract 5.6).
/// </summary>
internal sealed class EventRouter(IEnumerable<IEventHandler> handlers, TimelineHandler timeline, TimelineWriter writer, BatchLookups lookups)
{
    private readonly FrozenDictionary<string, IEventHandler> _handlers =
        handlers.SelectMany(handler => handler.Types.Select(type => KeyValuePair.Create(type, handler))).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Begins a transaction with these deliveries: what they need to know is read together.</summary>
    public Task BeginAsync(RingPortalContext context, IReadOnlyList<InboxMessage> messages, CancellationToken cancellationToken)
    {
        writer.Forget();
        return lookups.ReadAsync(context, messages, cancellationToken);
    }

    /// <summary>Applies one delivery in the caller's transaction.</summary>
    public async Task<HandlingOutcome> RouteAsync(RingPortalContext context, InboxMessage message, DateTimeOffset now, Aftermath aftermath, CancellationToken cancellationToken)
    {
        if (message.EventType is ProbeDelivery.EventType)
        {
            return ProbeDelivery.Outcome;
        }

        if (message is not { AccountId: { } accountId, EventType: { } type })
        {
            return HandlingOutcome.Done("names no Ring account or no type");
        }

        var link = await lookups.LinkAsync(context, accountId, cancellationToken);
        var left = link is null && lookups.HasLeft(accountId);
        var handling = new EventHandling(context, message, link, now, aftermath, lookups);
        return type is RingEventTypes.IntegrationRemoved or RingEventTypes.IntegrationAdded ? await OfAccountAsync(handling, type, left, cancellationToken)
            : left ? HandlingOutcome.Dropped
            : link is null ? HandlingOutcome.Parked("nobody holds this Ring account yet")
            : await OfCameraAsync(handling, type, cancellationToken);
    }

    /// <summary>Ends the transaction's work: writes what was left to be written together.</summary>
    public Task CompleteAsync(RingPortalContext context, CancellationToken cancellationToken) => writer.WriteAsync(context, cancellationToken);

    private async Task<HandlingOutcome> OfAccountAsync(EventHandling handling, string type, bool left, CancellationToken cancellationToken)
    {
        lookups.ForgetAccount(handling.Message.AccountId!);
        var outcome = await _handlers[type].HandleAsync(handling, cancellationToken);
        // Of somebody who left not even this is kept: that they also removed the app in the Ring app.
        return left ? HandlingOutcome.Dropped : outcome;
    }

    private Task<HandlingOutcome> OfCameraAsync(EventHandling handling, string type, CancellationToken cancellationToken)
    {
        if (!_handlers.TryGetValue(type, out var handler))
        {
            return timeline.HandleUnknownAsync(handling, cancellationToken);
        }

        if (handler is not TimelineHandler)
        {
            // It may change what is known of the cameras.
            lookups.ForgetCameras(handling.Link!.Id);
        }

        return handler.HandleAsync(handling, cancellationToken);
    }
}
