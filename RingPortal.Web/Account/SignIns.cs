using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using RingPortal.Data.Account;
using RingPortal.Web.Account.Passwords;
using RingPortal.Web.Account.SecondStep;
using RingPortal.Web.Account.Sessions;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Web.Account;

/// <summary>
/// Signs people in and says who is signed in since when. For requests only, never inside a circuit: there is no
/// response there that could carry a cookie.
/// </summary>
public sealed partial class SignIns(
    UserManager<PortalUser> users,
    AccountOpening opening,
    PasswordAttempts attempts,
    PasswordVerifier verifier,
    SignInLimits limits,
    SecondStepCookie secondStep,
    SessionStart sessions,
    SignInRecords records,
    FeedOutlet feed,
    ILogger<SignIns> logger)
{
    /// <summary>
    /// Signs in with a password. Unknown, wrong and locked look and last the same; a right password starts a new
    /// session whatever session the browser came with, or where the account has a second step, leads to it.
    /// </summary>
    public async Task<SignInOutcome> PasswordAsync(HttpContext http, string email, string password, CancellationToken cancellationToken)
    {
        var name = users.NormalizeName(email.Trim());
        if (limits.SignIn(http, name) is { } wait)
        {
            return new SignInOutcome.TooMany(wait);
        }

        var taken = await attempts.TakeAsync(name, cancellationToken);
        var user = taken is null ? null : await users.FindByIdAsync(taken.UserId.ToString());
        var verdict = verifier.Verify(user, password);
        // Staff may have locked the account since the try was taken.
        if (user is null || verdict is PasswordVerificationResult.Failed || AccountLock.IsByStaff(user.LockoutEnd))
        {
            Log.Refused(logger);
            if (taken is not null)
            {
                records.FailedLater(http, taken.UserId, taken.Locks);
            }

            return new SignInOutcome.Wrong();
        }

        if (verdict is PasswordVerificationResult.SuccessRehashNeeded)
        {
            user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
            await users.UpdateAsync(user);
        }

        if (user.TwoFactorEnabled)
        {
            // Not forgotten before the second factor is right as well: else each right password would buy new tries at codes.
            await attempts.GiveBackAsync(taken!, cancellationToken);
            secondStep.Write(http, user);
            return new SignInOutcome.SecondStep();
        }

        await attempts.ClearAsync(user.Id, cancellationToken);
        await records.SucceededAsync(user.Id, cancellationToken);
        await BeginSessionAsync(http, user, cancellationToken);
        return new SignInOutcome.SignedIn(user);
    }

    /// <summary>Opens an account, writes its confirmation message in the same transaction and signs in at once.</summary>
    /// <param name="http">The request whose answer carries the session.</param>
    /// <param name="email">The e-mail as typed.</param>
    /// <param name="password">The new password.</param>
    /// <param name="timeZone">IANA zone as the browser told it; ignored when unknown.</param>
    /// <param name="cancellationToken">Stops before the account is stored.</param>
    public async Task<SignUpOutcome> SignUpAsync(HttpContext http, string email, string password, string? timeZone, CancellationToken cancellationToken)
    {
        if (limits.SignUp(http) is { } wait)
        {
            return new SignUpOutcome.TooMany(wait);
        }

        var outcome = await opening.OpenAsync(email.Trim(), password, timeZone, cancellationToken);
        if (outcome is SignUpOutcome.Created created)
        {
            Log.Opened(logger, created.User.Id);
            await BeginSessionAsync(http, created.User, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Who is signed in by this request's cookie; null when nobody is.</summary>
    public async Task<FreshSignIn?> CurrentAsync(HttpContext http, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (session is not { Succeeded: true, Principal: var principal }
            || !Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var userId)
            || AuthenticationTime.Read(session.Properties) is not { } at)
        {
            return null;
        }

        var isStaff = principal.IsInRole(PortalRoles.Admin) || principal.IsInRole(PortalRoles.Support);
        return new FreshSignIn(userId, principal.FindFirstValue(ClaimTypes.Email) ?? "", at, isStaff) { SessionId = SessionId.Read(principal), SecondFactorAt = SecondFactorTime.Read(principal) };
    }

    /// <summary>The roles of an account; consumers have none.</summary>
    public async Task<IReadOnlyList<string>> RolesAsync(PortalUser user, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return [.. await users.GetRolesAsync(user)];
    }

    /// <summary>Ends this session: in the browser at once, and wherever else its cookie or a page of it is, within seconds (reliability A5).</summary>
    public async Task EndAsync(HttpContext http, CancellationToken cancellationToken = default)
    {
        if (await CurrentAsync(http, cancellationToken) is { } person)
        {
            await records.EndedAsync(person.UserId, person.SessionId, cancellationToken);
            feed.Publish(new FeedChange(person.UserId, FeedKind.Session));
        }

        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private async Task BeginSessionAsync(HttpContext http, PortalUser user, CancellationToken cancellationToken)
    {
        await sessions.BeginAsync(http, user, withSecondFactor: false, cancellationToken);
        Log.SignedIn(logger, user.Id);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A sign-in was refused.")]
        public static partial void Refused(ILogger logger);

        [LoggerMessage(2, LogLevel.Information, "User {UserId} signed in.")]
        public static partial void SignedIn(ILogger logger, Guid userId);

        [LoggerMessage(3, LogLevel.Information, "User {UserId} opened an account.")]
        public static partial void Opened(ILogger logger, Guid userId);
    }
}
