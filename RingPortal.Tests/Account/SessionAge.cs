using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RingPortal.Web.Account.Sessions;

namespace RingPortal.Tests.Account;

/// <summary>Makes a session older than it is, with the portal's own keys.</summary>
internal static class SessionAge
{
    /// <summary>The second factor of a browser was given this long ago.</summary>
    public static async Task StepBackAsync(AccountHost host, Visitor visitor, TimeSpan age)
    {
        // Whatever renewal is due happens now and not to the cookie that is made here.
        await visitor.GetAsync("/Account");
        visitor.Cookies.Add(new Cookie("rp-session", StepBack(host.Services, visitor.Session!, age), "/", host.Address.Host));
    }

    /// <summary>The cookie of a session whose second factor was given this long ago.</summary>
    public static string StepBack(IServiceProvider services, string session, TimeSpan age)
    {
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var ticket = options.TicketDataFormat.Unprotect(session)!;
        var at = TimeProvider.System.GetUtcNow() - age;
        SecondFactorTime.Stamp(ticket.Properties, at);
        var identity = (ClaimsIdentity)ticket.Principal.Identity!;
        foreach (var claim in SecondFactorTime.Claims(at))
        {
            foreach (var old in identity.FindAll(claim.Type).ToList())
            {
                identity.RemoveClaim(old);
            }

            identity.AddClaim(claim);
        }

        return options.TicketDataFormat.Protect(new AuthenticationTicket(ticket.Principal, ticket.Properties, IdentityConstants.ApplicationScheme));
    }
}
