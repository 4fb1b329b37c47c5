using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Account.Passwords;

/// <summary>A try on an account.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Locks">Whether the account is locked from now on, unless the password is right.</param>
public sealed record PasswordTry(Guid UserId, bool Locks);

/// <summary>
/// Counts tries on an account before they are evaluated. Identity counts afterwards, so parallel guesses slip past
/// its lockout (CVE-2023-33170 class); one conditional update lets five through, however many come at once and on
/// however many instances.
/// </summary>
public sealed class PasswordAttempts(RingPortalContext context, TimeProvider time)
{
    public const int Limit = 5;

    public static readonly TimeSpan Lockout = TimeSpan.FromMinutes(15);

    /// <summary>Takes one try. Null when there is no such account or it is locked; the caller must not tell which.</summary>
    public async Task<PasswordTry?> TakeAsync(string normalizedName, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + Lockout;
        var taken = await context.Database.SqlQuery<PasswordTry>(
            $"""
            UPDATE users SET
                lockout_end = CASE WHEN access_failed_count + 1 >= {Limit} THEN {until} ELSE NULL END,
                access_failed_count = CASE WHEN access_failed_count + 1 >= {Limit} THEN 0 ELSE access_failed_count + 1 END
            WHERE normalized_user_name = {normalizedName} AND (lockout_end IS NULL OR lockout_end <= {now})
            RETURNING id AS user_id, lockout_end IS NOT NULL AS locks
            """).ToListAsync(cancellationToken);
        return taken.Count == 0 ? null : taken[0];
    }

    /// <summary>A try turned out right, but more is to be proved: it does not count, those before it still do.</summary>
    public Task GiveBackAsync(PasswordTry taken, CancellationToken cancellationToken) =>
        context.Users.Where(user => user.Id == taken.UserId && (user.LockoutEnd == null || user.LockoutEnd < AccountLock.Never)).ExecuteUpdateAsync(
            set => set
                .SetProperty(user => user.AccessFailedCount, user => taken.Locks ? Limit - 1 : user.AccessFailedCount > 0 ? user.AccessFailedCount - 1 : 0)
                .SetProperty(user => user.LockoutEnd, user => taken.Locks ? null : user.LockoutEnd),
            cancellationToken);

    /// <summary>Forgets the tries after a right password. A lock by staff stays.</summary>
    public Task ClearAsync(Guid userId, CancellationToken cancellationToken) =>
        context.Users.Where(user => user.Id == userId && (user.LockoutEnd == null || user.LockoutEnd < AccountLock.Never)).ExecuteUpdateAsync(
            set => set.SetProperty(user => user.AccessFailedCount, 0).SetProperty(user => user.LockoutEnd, (DateTimeOffset?)null),
            cancellationToken);
}
