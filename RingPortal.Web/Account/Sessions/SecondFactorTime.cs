using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace RingPortal.Web.Account.Sessions;

/// <summary>
/// The instant at which a second factor was given, kept inside the session: as a property, which renewal and the check of the
/// security stamp write again, and as a claim, which pages and policies read. A new stamp ends the session and it with it.
/// </summary>
internal static class SecondFactorTime
{
    private const string ClaimType = "rp:second-factor";
    private const string Item = "second_factor_time";

    /// <summary>The claims of a new session; none without a second factor.</summary>
    public static IEnumerable<Claim> Claims(DateTimeOffset? at) => at is { } instant ? [Claim(Text(instant))] : [];

    /// <summary>Writes it into the properties of a new session.</summary>
    public static AuthenticationProperties Stamp(AuthenticationProperties properties, DateTimeOffset? at)
    {
        if (at is { } instant)
        {
            properties.Items[Item] = Text(instant);
        }

        return properties;
    }

    /// <summary>When it was given; null when this session has none.</summary>
    public static DateTimeOffset? Read(ClaimsPrincipal person) =>
        long.TryParse(person.FindFirstValue(ClaimType), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    /// <summary>The check of the stamp makes the principal anew from the database, where no session is known: puts the claim back.</summary>
    public static void Carry(CookieValidatePrincipalContext context)
    {
        if (context.Principal?.Identity is ClaimsIdentity identity && !identity.HasClaim(claim => claim.Type == ClaimType)
            && context.Properties.Items.TryGetValue(Item, out var text) && text is not null)
        {
            identity.AddClaim(Claim(text));
        }
    }

    private static Claim Claim(string text) => new(ClaimType, text, ClaimValueTypes.Integer64);

    private static string Text(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
