using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using RingPortal.Data.Account;

namespace RingPortal.Web.Account;

/// <summary>
/// Looks every minute whether the person of an open page may still be signed in: a circuit outlives its cookie,
/// and the framework would look only each half hour.
/// </summary>
internal sealed class SessionWatch(ILoggerFactory loggerFactory, IServiceScopeFactory scopes)
    : RevalidatingServerAuthenticationStateProvider(loggerFactory)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<SignInManager<PortalUser>>();
        ClaimsPrincipal principal = authenticationState.User;
        return await manager.ValidateSecurityStampAsync(principal) is not null;
    }
}
