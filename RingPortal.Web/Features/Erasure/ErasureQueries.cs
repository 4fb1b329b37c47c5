using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;

namespace RingPortal.Web.Features.Erasure;

/// <summary>What the page shows before an account is deleted.</summary>
/// <param name="Email">The e-mail to type.</param>
/// <param name="SharesCameras">Whether a Ring account is connected, so that a step is left in the Ring app.</param>
/// <param name="Needed">Key of the text that says why the account cannot be deleted; null when it can.</param>
public sealed record ErasureView(string Email, bool SharesCameras, string? Needed);

internal sealed class ErasureQueries(RingPortalContext context, StaffDeparture staff)
{
    /// <summary>Null when there is no such account any more, or it is on its way out.</summary>
    public async Task<ErasureView?> ViewAsync(Guid userId, CancellationToken cancellationToken)
    {
        var user = await context.Users.AsNoTracking().SingleOrDefaultAsync(person => person.Id == userId, cancellationToken);
        if (user?.Email is not { } email)
        {
            return null;
        }

        var shares = await context.RingTokens.AnyAsync(token => token.UserId == userId && RingTokenTransitions.Living.Contains(token.State), cancellationToken);
        var isStaff = await staff.RoleAsync(userId, cancellationToken) is not null;
        return new ErasureView(email, shares, isStaff ? await staff.NeededAsync(user, cancellationToken) : null);
    }
}
