using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Tokens;
using RingPortal.Web.Account.Staff;

namespace RingPortal.Web.Features.Admin.Accounts;

/// <summary>
/// Makes an account staff, or a consumer again. With a new stamp: the sessions that still have the old role end, and the next
/// sign-in asks for the second factor that staff must have.
/// </summary>
internal static class RoleChange
{
    /// <summary>Whether it was done, or the key of the text that says why not; to be called in the act's transaction.</summary>
    /// <param name="context">The context of the act.</param>
    /// <param name="accountId">Whose role.</param>
    /// <param name="role">One of <see cref="PortalRoles"/>; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ActResult> ApplyAsync(RingPortalContext context, Guid accountId, string? role, CancellationToken cancellationToken)
    {
        if (await RefusalAsync(context, accountId, role, cancellationToken) is { } why)
        {
            return new ActResult(0, why);
        }

        await context.UserRoles.Where(held => held.UserId == accountId).ExecuteDeleteAsync(cancellationToken);
        if (role is not null)
        {
            var roleId = await context.Roles.Where(known => known.Name == role).Select(known => known.Id).SingleAsync(cancellationToken);
            context.UserRoles.Add(new IdentityUserRole<Guid> { UserId = accountId, RoleId = roleId });
        }

        var stamp = Guid.NewGuid().ToString();
        return new ActResult(await context.Users.Where(user => user.Id == accountId).ExecuteUpdateAsync(
            set => set.SetProperty(user => user.SecurityStamp, stamp).SetProperty(user => user.ConcurrencyStamp, stamp), cancellationToken));
    }

    private static async Task<string?> RefusalAsync(RingPortalContext context, Guid accountId, string? role, CancellationToken cancellationToken)
    {
        // First of all, and whatever is changed: two who take the role from each other wait here, with nothing that the other needs.
        var isLast = await Administrators.IsLastAsync(context, accountId, cancellationToken);
        // Held until the end of the act: the address stays the one that is looked at here.
        if (await context.Users.FromSql($"SELECT * FROM users WHERE id = {accountId} FOR UPDATE").AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { Email: not null } user)
        {
            return "admin.acc.gone";
        }

        var held = await context.UserRoles.Where(row => row.UserId == accountId).Join(context.Roles, row => row.RoleId, known => known.Id, (_, known) => known.Name).ToListAsync(cancellationToken);
        if (role is null ? held is [] : held is [var only] && only == role)
        {
            return "admin.acc.role.same";
        }

        if (isLast)
        {
            return "admin.acc.role.last";
        }

        // Whoever merely typed somebody's address must not become staff by it.
        return role is null ? null
            : !user.EmailConfirmed ? "admin.acc.role.unconfirmed"
            : await context.RingTokens.AnyAsync(token => token.UserId == accountId && RingTokenTransitions.Living.Contains(token.State), cancellationToken) ? "admin.acc.role.linked"
            : null;
    }
}
