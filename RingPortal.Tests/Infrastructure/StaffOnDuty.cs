using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Account;

namespace RingPortal.Tests.Infrastructure;

/// <summary>An operator in a test's database, and the session that a page of theirs holds.</summary>
internal sealed record StaffOnDuty(Guid UserId, string Email, ClaimsPrincipal Person)
{
    /// <summary>Makes an account with a role.</summary>
    /// <param name="database">Where.</param>
    /// <param name="role">One of <see cref="PortalRoles"/>.</param>
    /// <param name="factorAge">How long ago the second factor was given; null for just now.</param>
    public static async Task<StaffOnDuty> CreateAsync(TestDatabase database, string role = PortalRoles.Admin, TimeSpan? factorAge = null)
    {
        await using var context = database.CreateContext();
        return await CreateAsync(context, role, factorAge);
    }

    /// <summary>Makes an account with a role in whatever database the context is on.</summary>
    public static async Task<StaffOnDuty> CreateAsync(RingPortalContext context, string role = PortalRoles.Admin, TimeSpan? factorAge = null)
    {
        var (id, stamp) = (Guid.CreateVersion7(), Guid.NewGuid().ToString("N"));
        var email = $"{role.ToLowerInvariant()}-{id:N}@example.org";
        context.Users.Add(new PortalUser { Id = id, UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, NormalizedEmail = email.ToUpperInvariant(), EmailConfirmed = true, SecurityStamp = stamp });
        var known = await context.Roles.SingleOrDefaultAsync(row => row.Name == role);
        if (known is null)
        {
            known = new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7(), NormalizedName = role.ToUpperInvariant() };
            context.Roles.Add(known);
        }

        context.UserRoles.Add(new IdentityUserRole<Guid> { UserId = id, RoleId = known.Id });
        await context.SaveChangesAsync();
        var at = DateTimeOffset.UtcNow - (factorAge ?? TimeSpan.FromSeconds(1));
        return new StaffOnDuty(id, email, new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, id.ToString()), new Claim(ClaimTypes.Email, email), new Claim(ClaimTypes.Role, role),
                new Claim("AspNet.Identity.SecurityStamp", stamp), new Claim("rp:second-factor", at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            ],
            "test")));
    }
}
