using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Web.Account.Staff;

namespace RingPortal.Web.Features.Erasure;

/// <summary>
/// Whether somebody of the staff may delete their account. Not the last administrator, and not who stands in the settings:
/// the next start would make that account again.
/// </summary>
internal sealed class StaffDeparture(RingPortalContext context, IOptions<AdminOptions> settings)
{
    /// <summary>The role of an account; null for consumers.</summary>
    public Task<string?> RoleAsync(Guid userId, CancellationToken cancellationToken) =>
        context.UserRoles.Where(held => held.UserId == userId)
            .Join(context.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name)
            .OrderBy(name => name).FirstOrDefaultAsync(cancellationToken);

    /// <summary>
    /// Key of the text that says why the account is needed; null when it is not. Inside a transaction the answer holds until
    /// its end: of two administrators who leave at once, one stays.
    /// </summary>
    public async Task<string?> NeededAsync(PortalUser user, CancellationToken cancellationToken)
    {
        if (string.Equals(user.Email, settings.Value.Email, StringComparison.OrdinalIgnoreCase))
        {
            return "acc.erase.named";
        }

        return await Administrators.IsLastAsync(context, user.Id, cancellationToken) ? "acc.erase.last" : null;
    }
}
