using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Account;

namespace RingPortal.Web.Account.Staff;

/// <summary>Keeps one administrator at the desk.</summary>
internal static class Administrators
{
    /// <summary>
    /// Whether an account is the only administrator. Inside a transaction the answer holds until its end: of two who leave, or who
    /// take the role from each other, at once, one stays.
    /// </summary>
    public static async Task<bool> IsLastAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken)
    {
        var administrators = await context.Database.SqlQuery<Guid>(
            $"""
            SELECT held.user_id AS "Value" FROM user_roles AS held JOIN roles AS role ON role.id = held.role_id
            WHERE role.name = {PortalRoles.Admin} ORDER BY held.user_id FOR UPDATE OF held
            """).ToListAsync(cancellationToken);
        return administrators is [var only] && only == userId;
    }
}
