using System.Security.Claims;
using RingPortal.Data.Account;
using RingPortal.Web.Account.Sessions;

namespace RingPortal.Web.Account.Staff;

/// <summary>Somebody of the staff, as their session says.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Email">Its e-mail.</param>
/// <param name="IsAdmin">Whether they may change anything; else the role is Support.</param>
/// <param name="SecondFactorAt">When they last gave a second factor (UTC, to the millisecond); null when this session has none.</param>
public sealed record StaffMember(Guid UserId, string Email, bool IsAdmin, DateTimeOffset? SecondFactorAt)
{
    /// <summary>How long a second factor lets an administrator change things (reliability A16).</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>Whether they are an administrator whose second factor is fresh enough to change something.</summary>
    public bool MayAct(DateTimeOffset now) => IsAdmin && SecondFactorAt is { } at && now - at <= Fresh;

    /// <summary>Who that is; null for consumers and for nobody.</summary>
    public static StaffMember? Of(ClaimsPrincipal person)
    {
        var isAdmin = person.IsInRole(PortalRoles.Admin);
        return (isAdmin || person.IsInRole(PortalRoles.Support)) && Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            ? new StaffMember(userId, person.FindFirstValue(ClaimTypes.Email) ?? "", isAdmin, SecondFactorTime.Read(person))
            : null;
    }
}
