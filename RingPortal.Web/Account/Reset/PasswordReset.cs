using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Data.Tokens;
using RingPortal.Web.Account.SecondStep;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.LiveView;

namespace RingPortal.Web.Account.Reset;

/// <summary>
/// Sets a new password for whoever can read the account's e-mails. All sessions end. On an address that was never confirmed
/// somebody else may have opened the account and waited (pre-hijacking, X19): then every other way in goes too, and every
/// Ring account that was connected.
/// </summary>
internal sealed class PasswordReset(
    RingPortalContext context, UserManager<PortalUser> users, AuthenticatorKeys keys, LinkDisconnect disconnect, AuditTrail audit, FeedOutlet feed, LiveViewEnds live)
{
    /// <summary>Whether an address still works, so that the page need not ask in vain.</summary>
    public async Task<bool> MayWorkAsync(Guid userId, string? code, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await FindAsync(userId, code) is not null;
    }

    /// <summary>Sets the password.</summary>
    /// <returns><see langword="null"/> when it is done; else what is wrong with it, or <see cref="SignUpOutcome.Taken"/> when the address works no more.</returns>
    public async Task<SignUpOutcome?> SetAsync(Guid userId, string? code, string password, CancellationToken cancellationToken)
    {
        if (await FindAsync(userId, code) is not { } user)
        {
            return new SignUpOutcome.Taken();
        }

        if (await RefusalAsync(user, password) is { } refusal)
        {
            return refusal;
        }

        var isStrange = !user.EmailConfirmed;
        if (isStrange)
        {
            // Before the new password: whatever breaks off here leaves a stranger less, and the address works once more.
            await DisconnectAsync(userId, cancellationToken);
        }

        if (!await StoreAsync(userId, code, password, isStrange, cancellationToken))
        {
            return new SignUpOutcome.Taken();
        }

        feed.Publish(new FeedChange(userId, FeedKind.Session));
        await live.EndForPersonAsync(userId, CancellationToken.None);
        if (isStrange)
        {
            // A page that was still open may have connected something meanwhile; now none can.
            await DisconnectAsync(userId, CancellationToken.None);
        }

        return null;
    }

    private async Task<PortalUser?> FindAsync(Guid userId, string? code) =>
        ResetMail.TokenOf(code) is { } token && await users.FindByIdAsync(userId.ToString()) is { Email: not null } user
            && await users.VerifyUserTokenAsync(user, ResetTokens.Provider, UserManager<PortalUser>.ResetPasswordTokenPurpose, token)
            ? user
            : null;

    private async Task<SignUpOutcome?> RefusalAsync(PortalUser user, string password)
    {
        foreach (var validator in users.PasswordValidators)
        {
            if (await validator.ValidateAsync(users, user, password) is { Succeeded: false } refused)
            {
                return AccountOpening.Refusal(refused);
            }
        }

        return null;
    }

    private async Task DisconnectAsync(Guid userId, CancellationToken cancellationToken)
    {
        var links = await context.RingTokens.AsNoTracking().Where(token => token.UserId == userId && RingTokenTransitions.Living.Contains(token.State))
            .Select(token => token.Id).ToListAsync(cancellationToken);
        foreach (var link in links)
        {
            await disconnect.DisconnectAsync(link, userId, cancellationToken);
        }
    }

    private async Task<bool> StoreAsync(Guid userId, string? code, string password, bool isStrange, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        if (await FindAsync(userId, code) is not { } user)
        {
            return false;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (isStrange)
        {
            await keys.ForgetAsync(userId, cancellationToken);
            await context.Set<IdentityUserPasskey<Guid>>().Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
            await context.UserLogins.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
            // Whoever read the message has the mailbox.
            (user.TwoFactorEnabled, user.EmailConfirmed) = (false, true);
        }

        (user.AccessFailedCount, user.LockoutEnd) = (0, AccountLock.IsByStaff(user.LockoutEnd) ? user.LockoutEnd : null);
        var entry = new AuditEntry("account.password-reset", AuditActor.Person) { ActorUserId = userId, SubjectUserId = userId, Details = new { unconfirmed = isStrange } };
        await audit.AddAsync(context, entry, cancellationToken);
        // Saves, with a new stamp.
        if (!(await users.ResetPasswordAsync(user, ResetMail.TokenOf(code)!, password)).Succeeded)
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
