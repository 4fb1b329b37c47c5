using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace RingPortal.Web.Account.Sessions;

/// <summary>The session of a signed-in person and the cookie of antiforgery.</summary>
internal sealed class SessionCookie(PortalCookies cookies)
    : IConfigureNamedOptions<CookieAuthenticationOptions>, IConfigureOptions<AntiforgeryOptions>
{
    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name == IdentityConstants.TwoFactorRememberMeScheme)
        {
            cookies.Apply(options.Cookie, "rp-known-device");
        }

        if (name == IdentityConstants.ApplicationScheme)
        {
            cookies.Apply(options.Cookie, "rp-session");
            ConfigureSession(options);
        }
    }

    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(AntiforgeryOptions options) => cookies.Apply(options.Cookie, "rp-form");

    private static void ConfigureSession(CookieAuthenticationOptions options)
    {
        options.ExpireTimeSpan = TimeSpan.FromDays(14);
        options.SlidingExpiration = true;
        options.LoginPath = "/Account/Login";
        options.LogoutPath = "/Account/Logout";
        options.ReturnUrlParameter = "returnUrl";
        options.Events.OnValidatePrincipal = SessionCheck.ValidateAsync;
        options.Events.OnRedirectToLogin = context => SessionAnswers.ToSignInAsync(context);
        options.Events.OnRedirectToAccessDenied = context => SessionAnswers.DeniedAsync(context);
    }
}
