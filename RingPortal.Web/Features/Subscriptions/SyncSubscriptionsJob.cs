using Hangfire;
using RingPortal.Data.Devices;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Subscriptions;

/// <summary>Reads the plans of a link again: after each subscription event, after an outage, and at night (contract 10.2).</summary>
[AutomaticRetry(Attempts = 3)]
public sealed class SyncSubscriptionsJob(IServiceProvider services, TimeProvider clock)
{
    /// <summary>Settles what is due for one link.</summary>
    public async Task RunAsync(Guid ringTokenId, CancellationToken cancellationToken)
    {
        var queue = services.GetRequiredService<SyncQueue>();
        if (await queue.DueAsync(ringTokenId, SyncKind.Subscriptions, cancellationToken) is not { Count: > 0 } due)
        {
            return;
        }

        var (access, ring, askedAt) = (services.GetRequiredService<LinkAccess>(), services.GetRequiredService<RingClient>(), clock.GetUtcNow());
        var listed = await access.CallAsync(ringTokenId, (token, ct) => ring.GetSubscriptionsAsync(token, RingPriority.Background, ct), cancellationToken);
        switch (listed.Failure)
        {
            case null:
                await services.GetRequiredService<SubscriptionStore>().SaveAsync(ringTokenId, listed.Value!, askedAt, cancellationToken);
                await queue.SettleAsync(due, cancellationToken);
                break;
            case RingFailure.RateLimited or RingFailure.Unavailable or RingFailure.OutcomeUnknown or RingFailure.Unreadable:
                await queue.LaterAsync(due, listed.Failure.GetType().Name, cancellationToken);
                break;
            default:
                // Ring has no plans for this user, or the link is over: asking again would bring the same answer.
                await queue.SettleAsync(due, cancellationToken);
                break;
        }
    }
}
