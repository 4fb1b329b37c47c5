using Microsoft.AspNetCore.Identity;

namespace RingPortal.Data.Account;

/// <summary>A person with an account in this portal: a consumer, or staff by role (see <see cref="PortalRoles"/>).</summary>
public sealed class PortalUser : IdentityUser<Guid>
{
    /// <summary>Makes a user with a time-ordered key.</summary>
    public PortalUser() => Id = Guid.CreateVersion7();

    /// <summary>When the account was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>IANA time zone in which times are shown to this person; null until the browser has told it.</summary>
    public string? TimeZone { get; set; }
}
