using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Account.Sessions;

/// <summary>
/// One rule for every cookie of the portal: <c>__Host-</c>, Secure, HttpOnly, SameSite=Lax, path <c>/</c>. Where people
/// reach the portal by http (localhost in Development) browsers refuse prefix and Secure, so both are left out there.
/// </summary>
public sealed class PortalCookies(IOptions<PortalOptions> portal)
{
    /// <summary>The name as browsers see it.</summary>
    /// <param name="name">Short name such as <c>rp-email</c>.</param>
    public string Name(string name) => portal.Value.IsHttps ? $"__Host-{name}" : name;

    /// <summary>Flags for a cookie that the portal writes itself.</summary>
    /// <param name="lifetime">How long browsers keep it; null until they are closed.</param>
    public CookieOptions Options(TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        Secure = portal.Value.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        IsEssential = true,
        MaxAge = lifetime,
    };

    internal void Apply(CookieBuilder cookie, string name)
    {
        cookie.Name = Name(name);
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = portal.Value.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }
}
