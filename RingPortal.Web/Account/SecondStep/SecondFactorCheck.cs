using RingPortal.Data.Account;
using RingPortal.Web.Account.Passwords;

namespace RingPortal.Web.Account.SecondStep;

/// <summary>What was typed as a second factor.</summary>
/// <param name="Code">As typed.</param>
/// <param name="IsRecovery">Whether it is a recovery code.</param>
internal sealed record SecondFactorEntry(string Code, bool IsRecovery);

/// <summary>What a typed second factor came to.</summary>
internal enum SecondFactorVerdict
{
    /// <summary>Right, and used up.</summary>
    Right,

    /// <summary>Wrong, used already, or the account is locked: never told apart.</summary>
    Wrong,
}

/// <summary>
/// Compares a second factor. Tries are counted before they are evaluated, by the same count and with the same lock as
/// passwords, so that guessing codes is no cheaper than guessing those.
/// </summary>
internal sealed class SecondFactorCheck(PasswordAttempts attempts, AuthenticatorKeys keys, RecoveryCodes recovery, SignInRecords records, TimeProvider time)
{
    /// <summary>Takes one try and evaluates it.</summary>
    /// <param name="http">The request, after whose answer a failure is recorded.</param>
    /// <param name="user">Whose factor it should be.</param>
    /// <param name="entry">What was typed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SecondFactorVerdict> EvaluateAsync(HttpContext http, PortalUser user, SecondFactorEntry entry, CancellationToken cancellationToken)
    {
        var taken = await attempts.TakeAsync(user.NormalizedUserName ?? "", cancellationToken);
        if (taken is null)
        {
            return SecondFactorVerdict.Wrong;
        }

        if (!await IsRightAsync(user.Id, entry, cancellationToken))
        {
            records.CodeFailedLater(http, user.Id, taken.Locks);
            return SecondFactorVerdict.Wrong;
        }

        await attempts.ClearAsync(user.Id, cancellationToken);
        return SecondFactorVerdict.Right;
    }

    private async Task<bool> IsRightAsync(Guid userId, SecondFactorEntry entry, CancellationToken cancellationToken)
    {
        if (entry.IsRecovery)
        {
            return await recovery.UseAsync(userId, entry.Code, cancellationToken);
        }

        return await keys.ConfirmedAsync(userId, cancellationToken) is { } key
            && Totp.StepOf(key, Base32.Bare(entry.Code), time.GetUtcNow()) is { } step
            && await keys.UseAsync(userId, step, cancellationToken);
    }
}
