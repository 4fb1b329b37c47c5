using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using RingPortal.Data.Account;

namespace RingPortal.Web.Account.Sessions;

/// <summary>
/// Gives a browser its session. The session lives in the cookie alone, so a new one replaces whatever was planted there before.
/// For requests only, never inside a circuit.
/// </summary>
public sealed class SessionStart(SignInManager<PortalUser> manager, KnownEmail known, TimeProvider time)
{
    /// <summary>A new session: somebody has just proved who they are.</summary>
    /// <param name="http">The request whose answer carries it.</param>
    /// <param name="user">Who.</param>
    /// <param name="withSecondFactor">Whether by two factors.</param>
    /// <param name="cancellationToken">Stops before the cookie is written.</param>
    public async Task BeginAsync(HttpContext http, PortalUser user, bool withSecondFactor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await WriteAsync(http, user, Guid.NewGuid(), now, withSecondFactor ? now : null, cancellationToken);
        known.Remember(http, user.Email!);
    }

    /// <summary>The same session with a second factor of this moment; when the person signed in stays what it was.</summary>
    public Task StepUpAsync(HttpContext http, PortalUser user, DateTimeOffset signedInAt, CancellationToken cancellationToken) =>
        WriteAsync(http, user, Same(http), signedInAt, time.GetUtcNow(), cancellationToken);

    /// <summary>The same session without a second factor, after it was turned off.</summary>
    public Task StepDownAsync(HttpContext http, PortalUser user, DateTimeOffset signedInAt, CancellationToken cancellationToken) =>
        WriteAsync(http, user, Same(http), signedInAt, secondFactorAt: null, cancellationToken);

    private static Guid Same(HttpContext http) => SessionId.Read(http.User) ?? Guid.NewGuid();

    private Task WriteAsync(HttpContext http, PortalUser user, Guid id, DateTimeOffset signedInAt, DateTimeOffset? secondFactorAt, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        manager.Context = http;
        var properties = SessionId.Stamp(SecondFactorTime.Stamp(AuthenticationTime.Stamp(new AuthenticationProperties { IsPersistent = true }, signedInAt), secondFactorAt), id);
        return manager.SignInWithClaimsAsync(user, properties, [SessionId.Claim(id), .. SecondFactorTime.Claims(secondFactorAt)]);
    }
}
