using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Teardown;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>
/// The Ring user removed the app: tokens are erased in this very transaction and Ring is not called any more (contract
/// 5.7.8). An installation that is younger than the event stays.
/// </summary>
internal sealed class IntegrationRemovedHandler(TeardownRequests teardowns) : IEventHandler
{
    public IReadOnlyCollection<string> Types { get; } = [RingEventTypes.IntegrationRemoved];

    public async Task<HandlingOutcome> HandleAsync(EventHandling handling, CancellationToken cancellationToken)
    {
        var rows = await handling.Context.RingTokens
            .FromSql($"SELECT * FROM ring_tokens WHERE account_id = {handling.Message.AccountId} AND sealed_access_token IS NOT NULL ORDER BY id FOR UPDATE")
            .ToListAsync(cancellationToken);
        var ended = rows.Where(row => row.ReceivedAt <= handling.OccurredAt).ToList();
        foreach (var row in ended)
        {
            await EndAsync(handling, row, cancellationToken);
        }

        return ended.Count > 0 ? HandlingOutcome.Applied
            : rows.Count == 0 ? HandlingOutcome.Done("nothing to end")
            : await YoungerAsync(handling, cancellationToken);
    }

    private async Task EndAsync(EventHandling handling, RingToken row, CancellationToken cancellationToken)
    {
        if (!RingTokenTransitions.Living.Contains(row.State))
        {
            row.End(RingTokenState.Removed, handling.Now);
            return;
        }

        var work = await teardowns.IntegrationAsync(
            handling.Context, row, RingTokenState.Removed, TeardownCause.Webhook, handling.OccurredAt, handling.Message.Id, cancellationToken);
        handling.Aftermath.Show(new FeedChange(row.UserId!.Value, FeedKind.Connection));
        handling.Aftermath.Wake($"teardown {work.Id}", wake => wake.TearDownIntegration(work.Id));
    }

    private static async Task<HandlingOutcome> YoungerAsync(EventHandling handling, CancellationToken cancellationToken)
    {
        if (handling.Link is not { } link || !handling.OccurredAt.IsCloseBefore(link.ReceivedAt))
        {
            return HandlingOutcome.Done("before this connection");
        }

        await handling.ReadDevicesAgainAsync(cancellationToken);
        return HandlingOutcome.Done("before this connection, read again");
    }
}
