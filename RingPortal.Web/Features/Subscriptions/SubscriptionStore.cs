using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Jobs;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Subscriptions;

/// <summary>Writes what Ring listed: plans that it no longer names give no access. Events younger than the question stay.</summary>
internal sealed class SubscriptionStore(RingPortalContext context, LivePlan live, FeedOutlet outlet, WorkWake wake)
{
    private const int LongestId = 200;

    public async Task SaveAsync(Guid ringTokenId, IReadOnlyList<RingSubscription> listed, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var owner = await context.RingTokens
            .FromSql($"SELECT * FROM ring_tokens WHERE id = {ringTokenId} FOR NO KEY UPDATE").AsNoTracking()
            .Where(token => RingTokenTransitions.Living.Contains(token.State)).Select(token => token.UserId).SingleOrDefaultAsync(cancellationToken);
        if (owner is not { } userId)
        {
            return;
        }

        var storable = listed.Where(subscription => subscription.Id.Length <= LongestId).ToList();
        foreach (var subscription in storable)
        {
            await UpsertAsync(ringTokenId, subscription, askedAt, cancellationToken);
        }

        var ids = storable.Select(subscription => subscription.Id).ToArray();
        await context.Subscriptions
            .Where(row => row.RingTokenId == ringTokenId && row.AsOf <= askedAt && !ids.Contains(row.RingSubscriptionId))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Active, false).SetProperty(row => row.AsOf, askedAt), cancellationToken);
        var ended = await live.EndAsync(context, userId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        outlet.Publish(new FeedChange(userId, FeedKind.Plan));
        foreach (var device in ended)
        {
            outlet.Publish(new FeedChange(userId, FeedKind.Live, device));
            wake.EndLiveSessions(device);
        }
    }

    private Task<int> UpsertAsync(Guid ringTokenId, RingSubscription told, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        var devices = told.DeviceIds.ToArray();
        return context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO subscriptions AS kept (id, ring_token_id, ring_subscription_id, sub_type, active, plan_id, expires_at, ring_device_ids, as_of)
            VALUES ({Guid.CreateVersion7(askedAt)}, {ringTokenId}, {told.Id}, {told.SubType}, {told.IsActive}, {told.PlanId}, {told.ExpiresAt}, {devices}, {askedAt})
            ON CONFLICT (ring_token_id, ring_subscription_id) DO UPDATE SET
                sub_type = excluded.sub_type, active = excluded.active, plan_id = excluded.plan_id, expires_at = excluded.expires_at,
                ring_device_ids = excluded.ring_device_ids, as_of = excluded.as_of
            WHERE kept.as_of <= excluded.as_of
            """,
            cancellationToken);
    }
}
