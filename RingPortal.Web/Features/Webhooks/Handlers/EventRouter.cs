using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>
/// Whose event it is and who applies it. The owner is found through the Ring account alone, never through a device id
/// (contract 5.6).
/// </summary>
internal sealed class EventRouter(IEnumerable<IEventHandler> handlers, TimelineHandler timeline)
{
    private readonly FrozenDictionary<string, IEventHandler> _handlers =
        handlers.SelectMany(handler => handler.Types.Select(type => KeyValuePair.Create(type, handler))).ToFrozenDictionary(StringComparer.Ordinal);

    // Lives for one transaction: most of a batch is about few accounts.
    private readonly Dictionary<string, RingToken?> _links = new(StringComparer.Ordinal);

    /// <summary>Another transaction begins: connections are read anew.</summary>
    public void Forget() => _links.Clear();

    /// <summary>Applies one delivery in the caller's transaction.</summary>
    public async Task<HandlingOutcome> RouteAsync(RingPortalContext context, InboxMessage message, DateTimeOffset now, Aftermath aftermath, CancellationToken cancellationToken)
    {
        if (message is not { AccountId: { } accountId, EventType: { } type })
        {
            return HandlingOutcome.Done("names no Ring account or no type");
        }

        var link = await LinkAsync(context, accountId, cancellationToken);
        var handling = new EventHandling(context, message, link, now, aftermath);
        if (type is RingEventTypes.IntegrationRemoved)
        {
            _links.Remove(accountId);
        }

        return type is RingEventTypes.IntegrationRemoved or RingEventTypes.IntegrationAdded ? await OfAccountAsync(handling, accountId, type, cancellationToken)
            : link is null ? await UnlinkedAsync(context, accountId, cancellationToken)
            : _handlers.TryGetValue(type, out var handler) ? await handler.HandleAsync(handling, cancellationToken)
            : await timeline.HandleUnknownAsync(handling, cancellationToken);
    }

    private async Task<RingToken?> LinkAsync(RingPortalContext context, string accountId, CancellationToken cancellationToken)
    {
        if (!_links.TryGetValue(accountId, out var link))
        {
            link = await context.RingTokens.AsNoTracking()
                .SingleOrDefaultAsync(token => token.AccountId == accountId && RingTokenTransitions.Living.Contains(token.State), cancellationToken);
            _links[accountId] = link;
        }

        return link;
    }

    /// <summary>Of somebody who left not even this is kept: that they also removed the app in the Ring app.</summary>
    private async Task<HandlingOutcome> OfAccountAsync(EventHandling handling, string accountId, string type, CancellationToken cancellationToken)
    {
        var outcome = await _handlers[type].HandleAsync(handling, cancellationToken);
        return handling.Link is null && await HasLeftAsync(handling.Context, accountId, cancellationToken) ? HandlingOutcome.Dropped : outcome;
    }

    private static async Task<HandlingOutcome> UnlinkedAsync(RingPortalContext context, string accountId, CancellationToken cancellationToken) =>
        await HasLeftAsync(context, accountId, cancellationToken) ? HandlingOutcome.Dropped : HandlingOutcome.Parked("nobody holds this Ring account yet");

    private static async Task<bool> HasLeftAsync(RingPortalContext context, string accountId, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(accountId));
        var left = await context.DisconnectedAccounts.AnyAsync(account => account.AccountHash == hash, cancellationToken);
        // Somebody who left may be on the way back: then the events are kept for the new connection.
        return left && !await context.RingTokens.AnyAsync(token => token.AccountId == accountId && token.State == RingTokenState.Unclaimed, cancellationToken);
    }
}
