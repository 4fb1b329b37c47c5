using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Linking;

/// <summary>Carries the <see cref="LinkTicket"/> through sign-in and sign-up without it ever standing in an address again.</summary>
internal sealed class LinkCookie(IDataProtectionProvider protection, IOptions<PortalOptions> portal, TimeProvider clock)
{
    private static readonly TimeSpan s_life = TimeSpan.FromMinutes(20);
    private readonly IDataProtector _protector = protection.CreateProtector("RingPortal.LinkTicket.v1");

    private string Name => portal.Value.IsHttps ? "__Host-rp-link" : "rp-link";

    public void Write(HttpContext http, LinkTicket ticket) =>
        http.Response.Cookies.Append(Name, _protector.Protect(JsonSerializer.Serialize(ticket)), Options());

    public LinkTicket? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 and < 4096 } value)
        {
            return null;
        }

        try
        {
            var ticket = JsonSerializer.Deserialize<LinkTicket>(_protector.Unprotect(value));
            return ticket is not null && clock.GetUtcNow() - ticket.ArrivedAt < s_life ? ticket : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException or FormatException)
        {
            // Not ours, or sealed by a key that is gone: the same as no cookie.
            return null;
        }
    }

    public void Delete(HttpContext http) => http.Response.Cookies.Delete(Name, Options());

    private CookieOptions Options() => new()
    {
        HttpOnly = true,
        Secure = portal.Value.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
        MaxAge = s_life,
    };
}
