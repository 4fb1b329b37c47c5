using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Account;

namespace RingPortal.Web.Account.Sessions;

/// <summary>
/// Whether a session still counts is asked here for requests and for open pages alike: besides the security stamp of the account,
/// which ends all of its sessions, whether this one was signed out of.
/// </summary>
public sealed class PortalSignIn(
    UserManager<PortalUser> users,
    IHttpContextAccessor request,
    IUserClaimsPrincipalFactory<PortalUser> claims,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<PortalUser>> logger,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<PortalUser> confirmation,
    RingPortalContext context)
    : SignInManager<PortalUser>(users, request, claims, options, logger, schemes, confirmation)
{
    /// <inheritdoc />
    public override async Task<PortalUser?> ValidateSecurityStampAsync(ClaimsPrincipal? principal)
    {
        var user = await base.ValidateSecurityStampAsync(principal);
        return user is not null && SessionId.Read(principal) is { } id && await context.EndedSessions.AnyAsync(session => session.Id == id) ? null : user;
    }
}
