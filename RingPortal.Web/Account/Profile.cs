using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Web.Account;

/// <summary>What a person may change about their account.</summary>
internal sealed class Profile(RingPortalContext context, FeedOutlet feed)
{
    /// <summary>Sets the zone in which times are shown; false when there is no such zone.</summary>
    public async Task<bool> SetTimeZoneAsync(Guid userId, string? name, CancellationToken cancellationToken)
    {
        if (TimeZones.OrNull(name) is not { } zone)
        {
            return false;
        }

        await context.Users.Where(user => user.Id == userId)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.TimeZone, zone), cancellationToken);
        feed.Publish(new FeedChange(userId, FeedKind.Everything));
        return true;
    }

    /// <summary>Whether no zone is known yet.</summary>
    public Task<bool> LacksTimeZoneAsync(Guid userId, CancellationToken cancellationToken) =>
        context.Users.AnyAsync(user => user.Id == userId && user.TimeZone == null, cancellationToken);

    /// <summary>Takes what a browser told, unless the person has a zone already.</summary>
    public async Task LearnTimeZoneAsync(Guid userId, string? name, CancellationToken cancellationToken)
    {
        if (TimeZones.OrNull(name) is { } zone
            && await context.Users.Where(user => user.Id == userId && user.TimeZone == null)
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.TimeZone, zone), cancellationToken) > 0)
        {
            feed.Publish(new FeedChange(userId, FeedKind.Everything));
        }
    }
}
