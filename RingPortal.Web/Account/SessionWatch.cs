using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using RingPortal.Data.Account;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Web.Account;

/// <summary>
/// Looks every minute, and at once when it is told to or may have missed that, whether the person of an open page may still be
/// signed in: a circuit outlives its cookie, and the framework would look only each half hour.
/// </summary>
internal sealed class SessionWatch : RevalidatingServerAuthenticationStateProvider
{
    /// <summary>Where circuits come in.</summary>
    private static readonly PathString s_circuits = new("/_blazor");

    private readonly IServiceScopeFactory _scopes;
    private readonly DeviceFeed _feed;
    private IDisposable? _news;

    public SessionWatch(ILoggerFactory loggerFactory, IServiceScopeFactory scopes, DeviceFeed feed, IHttpContextAccessor request)
        : base(loggerFactory)
    {
        (_scopes, _feed) = (scopes, feed);
        // Only a circuit outlives its request. Were a plain page told amid its rendering that nobody is signed in any more, it would
        // be led to sign-in half way, and what is left of its tree cannot be written.
        if (request.HttpContext is not { } http || http.Request.Path.StartsWithSegments(s_circuits))
        {
            AuthenticationStateChanged += Listen;
        }
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var manager = scope.ServiceProvider.GetRequiredService<SignInManager<PortalUser>>();
        ClaimsPrincipal principal = authenticationState.User;
        return await manager.ValidateSecurityStampAsync(principal) is not null;
    }

    protected override void Dispose(bool disposing)
    {
        _news?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The framework hands over a state that is known already; what is not yet known has nobody to listen for.</summary>
    private void Listen(Task<AuthenticationState> state)
    {
        _news?.Dispose();
        _news = state.IsCompletedSuccessfully && Guid.TryParse(state.Result.User.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            ? _feed.Subscribe(userId, changes => TakeAsync(state.Result, changes))
            : null;
    }

    private async Task TakeAsync(AuthenticationState state, IReadOnlyList<FeedChange> changes)
    {
        if (changes.Any(change => change.Kind is FeedKind.Session or FeedKind.Everything) && !await ValidateAuthenticationStateAsync(state, CancellationToken.None))
        {
            SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
        }
    }
}
