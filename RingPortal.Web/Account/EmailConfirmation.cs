using Microsoft.AspNetCore.Identity;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Web.Account;

/// <summary>Confirms the e-mail of the person who is signed in, and sends the message again.</summary>
/// <remarks>
/// Only inside that account's own session: otherwise a stranger could register somebody's address, let its owner
/// confirm it and keep a way in (pre-hijacking, X19).
/// </remarks>
internal sealed class EmailConfirmation(
    RingPortalContext context, UserManager<PortalUser> users, ConfirmationMail mail, OutboxWake wake, SignInLimits limits, AuditTrail audit, FeedOutlet feed)
{
    /// <summary>Whether a code can still confirm the e-mail of this person, so that the page need not ask in vain.</summary>
    public async Task<bool> MayWorkAsync(Guid userId, string? code, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ConfirmationMail.TokenOf(code) is { } token
            && await users.FindByIdAsync(userId.ToString()) is { } user
            && await users.VerifyUserTokenAsync(
                user, users.Options.Tokens.EmailConfirmationTokenProvider, UserManager<PortalUser>.ConfirmEmailTokenPurpose, token);
    }

    /// <summary>Whether the e-mail is confirmed now. False: the code is old, used up or of another account.</summary>
    public async Task<bool> ConfirmAsync(Guid userId, string? code, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var user = await users.FindByIdAsync(userId.ToString());
        if (user is null || user.EmailConfirmed || ConfirmationMail.TokenOf(code) is not { } token)
        {
            return user?.EmailConfirmed is true;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!(await users.ConfirmEmailAsync(user, token)).Succeeded)
        {
            return false;
        }

        await audit.AddAsync(
            context, new AuditEntry("account.email-confirmed", AuditActor.Person) { ActorUserId = userId, SubjectUserId = userId }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new FeedChange(userId, FeedKind.Everything));
        return true;
    }

    /// <summary>Sends the message again; null when it is on its way or not needed, else how long to wait.</summary>
    public async Task<TimeSpan?> SendAgainAsync(Guid userId, CancellationToken cancellationToken)
    {
        var user = await users.FindByIdAsync(userId.ToString());
        if (user is null or { EmailConfirmed: true })
        {
            return null;
        }

        if (limits.Confirmation(userId) is { } wait)
        {
            return wait;
        }

        await mail.AddAsync(user, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        wake.Wake();
        return null;
    }
}
