using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using RingPortal.Data.Account;
using RingPortal.Web.Account.Sessions;

namespace RingPortal.Web.Account.SecondStep;

/// <summary>Whose password was right a moment ago.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Stamp">Its security stamp then: another password or a lock ends the wait.</param>
/// <param name="At">When (UTC).</param>
internal sealed record SecondStepTicket(Guid UserId, string Stamp, DateTimeOffset At);

/// <summary>Carries somebody from the right password to the second factor. It opens nothing but the page that asks for that.</summary>
public sealed class SecondStepCookie(IDataProtectionProvider protection, PortalCookies cookies, TimeProvider time)
{
    private const string Cookie = "rp-second-step";

    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _protector = protection.CreateProtector("RingPortal.SecondStep.v1");

    internal void Write(HttpContext http, PortalUser user)
    {
        var ticket = new SecondStepTicket(user.Id, user.SecurityStamp ?? "", time.GetUtcNow());
        http.Response.Cookies.Append(cookies.Name(Cookie), _protector.Protect(JsonSerializer.Serialize(ticket)), cookies.Options(s_life));
    }

    /// <summary>Null when there is none, it is not ours, or it is older than ten minutes.</summary>
    internal SecondStepTicket? Read(HttpContext http)
    {
        if (http.Request.Cookies[cookies.Name(Cookie)] is not { Length: > 0 and < 4096 } value)
        {
            return null;
        }

        try
        {
            var ticket = JsonSerializer.Deserialize<SecondStepTicket>(_protector.Unprotect(value));
            return ticket is not null && time.GetUtcNow() - ticket.At < s_life ? ticket : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or FormatException)
        {
            // Not ours, or sealed by a key that is gone: the same as no cookie.
            return null;
        }
    }

    internal void Delete(HttpContext http) => http.Response.Cookies.Delete(cookies.Name(Cookie), cookies.Options(lifetime: null));
}
