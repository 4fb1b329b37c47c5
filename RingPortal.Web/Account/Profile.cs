using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Account;

/// <summary>What a person may change about their account.</summary>
internal sealed class Profile(RingPortalContext context)
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
        return true;
    }
}
