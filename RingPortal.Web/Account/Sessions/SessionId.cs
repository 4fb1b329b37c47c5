using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace RingPortal.Web.Account.Sessions;

/// <summary>
/// The name of a session, so that it can be ended everywhere and not only in the browser that asks: as a property, which renewal
/// and the check of the security stamp write again, and as a claim, which circuits read.
/// </summary>
internal static class SessionId
{
    private const string ClaimType = "rp:session";
    private const string Item = "session_id";

    /// <summary>The claim of a session.</summary>
    public static Claim Claim(Guid id) => Claim(id.ToString());

    /// <summary>Writes it into the properties of a session.</summary>
    public static AuthenticationProperties Stamp(AuthenticationProperties properties, Guid id)
    {
        properties.Items[Item] = id.ToString();
        return properties;
    }

    /// <summary>The session somebody is here by; null for those from before sessions had names.</summary>
    public static Guid? Read(ClaimsPrincipal? person) => Guid.TryParse(person?.FindFirstValue(ClaimType), out var id) ? id : null;

    /// <summary>The check of the stamp makes the principal anew from the database, where no session is known: puts the claim back.</summary>
    public static void Carry(CookieValidatePrincipalContext context)
    {
        if (context.Principal?.Identity is ClaimsIdentity identity && !identity.HasClaim(claim => claim.Type == ClaimType)
            && context.Properties.Items.TryGetValue(Item, out var text) && text is not null)
        {
            identity.AddClaim(Claim(text));
        }
    }

    private static Claim Claim(string id) => new(ClaimType, id);
}
