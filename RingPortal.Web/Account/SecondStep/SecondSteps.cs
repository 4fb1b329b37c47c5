using Microsoft.AspNetCore.Identity;
using RingPortal.Data.Account;
using RingPortal.Web.Account.Sessions;

namespace RingPortal.Web.Account.SecondStep;

/// <summary>
/// The second step: at sign-in after the right password, and again before something that asks for a fresh one. For requests
/// only: a circuit has no answer that could carry a cookie.
/// </summary>
internal sealed partial class SecondSteps(
    UserManager<PortalUser> users, SecondStepCookie cookie, SecondFactorCheck check, SignInLimits limits, SignInRecords records, SessionStart sessions, ILogger<SecondSteps> logger)
{
    /// <summary>The account whose password was right in this browser a moment ago; null when none waits for a second factor.</summary>
    public async Task<PortalUser?> WaitingAsync(HttpContext http, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return cookie.Read(http) is { } ticket && await users.FindByIdAsync(ticket.UserId.ToString()) is { TwoFactorEnabled: true } user
            && user.SecurityStamp == ticket.Stamp && !AccountLock.IsByStaff(user.LockoutEnd)
            ? user
            : null;
    }

    /// <summary>Ends a sign-in; right gives a new session. Whoever waits for nothing is <see cref="SignInOutcome.Wrong"/>.</summary>
    public async Task<SignInOutcome> SignInAsync(HttpContext http, SecondFactorEntry entry, CancellationToken cancellationToken)
    {
        if (await WaitingAsync(http, cancellationToken) is not { } user)
        {
            return new SignInOutcome.Wrong();
        }

        if (await TryAsync(http, user, entry, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        cookie.Delete(http);
        await records.SucceededAsync(user.Id, cancellationToken);
        await sessions.BeginAsync(http, user, withSecondFactor: true, cancellationToken);
        Log.SignedIn(logger, user.Id);
        return new SignInOutcome.SignedIn(user);
    }

    /// <summary>Gives the session at hand a second factor of this moment.</summary>
    public async Task<SignInOutcome> StepUpAsync(HttpContext http, FreshSignIn person, SecondFactorEntry entry, CancellationToken cancellationToken)
    {
        if (await users.FindByIdAsync(person.UserId.ToString()) is not { TwoFactorEnabled: true } user || AccountLock.IsByStaff(user.LockoutEnd))
        {
            return new SignInOutcome.Wrong();
        }

        if (await TryAsync(http, user, entry, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        await sessions.StepUpAsync(http, user, person.AuthenticatedAt, cancellationToken);
        Log.SteppedUp(logger, user.Id);
        return new SignInOutcome.SignedIn(user);
    }

    private async Task<SignInOutcome?> TryAsync(HttpContext http, PortalUser user, SecondFactorEntry entry, CancellationToken cancellationToken)
    {
        if (limits.SignIn(http, user.NormalizedUserName ?? "") is { } wait)
        {
            return new SignInOutcome.TooMany(wait);
        }

        return await check.EvaluateAsync(http, user, entry, cancellationToken) is SecondFactorVerdict.Right ? null : new SignInOutcome.Wrong();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} signed in with a second factor.")]
        public static partial void SignedIn(ILogger logger, Guid userId);

        [LoggerMessage(2, LogLevel.Information, "User {UserId} gave a fresh second factor.")]
        public static partial void SteppedUp(ILogger logger, Guid userId);
    }
}
