using Microsoft.AspNetCore.Identity;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Web.Account.SecondStep;

/// <summary>What the page of the second step shows.</summary>
/// <param name="IsOn">Whether sign-in asks for it.</param>
/// <param name="CodesLeft">How many recovery codes are left.</param>
/// <param name="Offer">The key that waits for its first code; null when none does.</param>
internal sealed record SecondFactorView(bool IsOn, int CodesLeft, AuthenticatorOffer? Offer);

/// <summary>
/// Turns the second step on and off. Both make a new security stamp, so that every other session of the person ends; the
/// caller gives this browser a new one.
/// </summary>
internal sealed class SecondFactors(
    RingPortalContext context, UserManager<PortalUser> users, AuthenticatorKeys keys, RecoveryCodes recovery, AuditTrail audit, FeedOutlet feed, TimeProvider time)
{
    /// <summary>Null when there is no such account any more.</summary>
    public async Task<SecondFactorView?> ViewAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await users.FindByIdAsync(userId.ToString()) is not { } user)
        {
            return null;
        }

        var pending = user.TwoFactorEnabled ? null : await keys.PendingAsync(userId, cancellationToken);
        return new SecondFactorView(
            user.TwoFactorEnabled, await recovery.LeftAsync(userId, cancellationToken), pending is null ? null : new AuthenticatorOffer(user.Email ?? "", Base32.Encode(pending)));
    }

    /// <summary>Makes a key for a new authenticator; nothing when the second step is on already.</summary>
    public async Task BeginAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await users.FindByIdAsync(userId.ToString()) is { TwoFactorEnabled: false })
        {
            await keys.BeginAsync(userId, cancellationToken);
        }
    }

    /// <summary>Turns it on with the first code of the new authenticator. Null when the code does not fit; else the recovery codes.</summary>
    public async Task<(PortalUser User, IReadOnlyList<string> Codes)?> ConfirmAsync(Guid userId, string code, CancellationToken cancellationToken)
    {
        if (await users.FindByIdAsync(userId.ToString()) is not { TwoFactorEnabled: false } user
            || await keys.PendingAsync(userId, cancellationToken) is not { } key
            || Totp.StepOf(key, Base32.Bare(code), time.GetUtcNow()) is not { } step)
        {
            return null;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (!await keys.ConfirmAsync(userId, step, cancellationToken))
        {
            return null;
        }

        var codes = await recovery.RenewAsync(userId, cancellationToken);
        await SwitchAsync(user, on: true, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new FeedChange(userId, FeedKind.Session));
        return (user, codes);
    }

    /// <summary>Turns it off. The caller has made sure of a fresh second factor.</summary>
    public async Task<PortalUser?> TurnOffAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await users.FindByIdAsync(userId.ToString()) is not { TwoFactorEnabled: true } user)
        {
            return null;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await keys.ForgetAsync(userId, cancellationToken);
        await SwitchAsync(user, on: false, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new FeedChange(userId, FeedKind.Session));
        return user;
    }

    /// <summary>New recovery codes in the place of all earlier ones. The caller has made sure of a fresh second factor.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var codes = await recovery.RenewAsync(userId, cancellationToken);
        await RecordAsync("second-step.codes-renewed", userId, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    private async Task SwitchAsync(PortalUser user, bool on, CancellationToken cancellationToken)
    {
        await RecordAsync(on ? "second-step.on" : "second-step.off", user.Id, cancellationToken);
        // Saves, with a new stamp.
        var result = await users.SetTwoFactorEnabledAsync(user, on);
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"Identity refused to switch the second step: {string.Join(", ", result.Errors.Select(error => error.Code))}.");
        }
    }

    private Task RecordAsync(string action, Guid userId, CancellationToken cancellationToken) =>
        audit.AddAsync(context, new AuditEntry(action, AuditActor.Person) { ActorUserId = userId, SubjectUserId = userId }, cancellationToken);
}
