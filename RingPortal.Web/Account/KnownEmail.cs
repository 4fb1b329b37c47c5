using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using RingPortal.Web.Account.Sessions;

namespace RingPortal.Web.Account;

/// <summary>Remembers in this browser whose account was used last, so that sign-in opens with the e-mail filled in.</summary>
public sealed class KnownEmail(IDataProtectionProvider protection, PortalCookies cookies)
{
    private const string Cookie = "rp-email";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private readonly IDataProtector protector = protection.CreateProtector("RingPortal.KnownEmail");

    /// <summary>The e-mail used last in this browser; null when none is known or the cookie cannot be read any more.</summary>
    public string? Read(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(cookies.Name(Cookie), out var sealedText))
        {
            return null;
        }

        try
        {
            return protector.Unprotect(sealedText);
        }
        catch (CryptographicException)
        {
            // A cookie from another key ring or a forged one knows nobody.
            return null;
        }
    }

    /// <summary>Forgets whose account was used last.</summary>
    public void Forget(HttpContext http) => http.Response.Cookies.Delete(cookies.Name(Cookie), cookies.Options(lifetime: null));

    /// <summary>Remembers this e-mail for half a year.</summary>
    public void Remember(HttpContext http, string email) =>
        http.Response.Cookies.Append(cookies.Name(Cookie), protector.Protect(email), cookies.Options(Lifetime));
}
