using Microsoft.EntityFrameworkCore;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>
/// A plan began or ended: access changes at once for the cameras it names, and a job reads the true state from Ring. These
/// events carry no time of their own; the order is that of Ring's sending.
/// </summary>
internal sealed class SubscriptionHandler(LivePlan live) : IEventHandler
{
    public IReadOnlyCollection<string> Types { get; } = [RingEventTypes.SubscriptionActivated, RingEventTypes.SubscriptionDeactivated];

    public async Task<HandlingOutcome> HandleAsync(EventHandling handling, CancellationToken cancellationToken)
    {
        var told = RingEvent.Read(handling.Message.Body);
        if (told.SourceId is not null)
        {
            await WriteAsync(handling, told, cancellationToken);
        }

        var userId = handling.Link!.UserId!.Value;
        foreach (var device in await live.EndAsync(handling.Context, userId, cancellationToken))
        {
            handling.Aftermath.Show(new FeedChange(userId, FeedKind.Live, device));
            handling.Aftermath.Wake($"live {device}", work => work.EndLiveSessions(device));
        }

        await handling.ReadSubscriptionsAgainAsync(cancellationToken);
        handling.Aftermath.Show(new FeedChange(userId, FeedKind.Plan));
        return HandlingOutcome.Applied;
    }

    private static Task<int> WriteAsync(EventHandling handling, RingEvent told, CancellationToken cancellationToken)
    {
        var active = handling.Message.EventType is RingEventTypes.SubscriptionActivated;
        var (devices, sentAt) = (told.DeviceIds.ToArray(), told.SentAt ?? handling.Message.ReceivedAt);
        return handling.Context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO subscriptions AS kept (id, ring_token_id, ring_subscription_id, sub_type, active, plan_id, expires_at, ring_device_ids, as_of)
            VALUES ({Guid.CreateVersion7(handling.Now)}, {handling.Link!.Id}, {told.SourceId}, {told.SubType}, {active}, {told.PlanId}, {told.ExpiresAt}, {devices}, {sentAt})
            ON CONFLICT (ring_token_id, ring_subscription_id) DO UPDATE SET
                sub_type = coalesce(excluded.sub_type, kept.sub_type), active = excluded.active, plan_id = coalesce(excluded.plan_id, kept.plan_id),
                expires_at = coalesce(excluded.expires_at, kept.expires_at), ring_device_ids = excluded.ring_device_ids, as_of = excluded.as_of
            WHERE kept.as_of <= excluded.as_of
            """,
            cancellationToken);
    }
}
