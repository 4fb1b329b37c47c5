using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Data.Erasure;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Erasure;

/// <summary>
/// Begins the deletion of an account, in one transaction: it takes the e-mail, the password and every other way in out of
/// the account at once, ends its sessions by a new security stamp, and tells the job what is left to do.
/// </summary>
internal sealed partial class ErasureRequests(
    RingPortalContext context, StaffDeparture staff, Farewell farewell, AuditTrail audit, FeedOutlet feed, WorkWake wake, TimeProvider clock, ILogger<ErasureRequests> logger)
{
    /// <summary>Begins it, unless what the person typed is not their e-mail. A second wish finds the first.</summary>
    public async Task<ErasureAnswer> BeginAsync(Guid userId, string typedEmail, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (answer, erasure) = await PrepareAsync(userId, typedEmail, byStaff: false, cancellationToken);
        if (erasure is { } begun)
        {
            await transaction.CommitAsync(cancellationToken);
            Announce(begun, userId);
        }

        return answer;
    }

    /// <summary>The same in the caller's transaction, on this scope's context. After the commit <see cref="Announce"/> must follow.</summary>
    /// <param name="userId">Whose account.</param>
    /// <param name="typedEmail">What was typed to confirm it.</param>
    /// <param name="byStaff">Whether staff does it, who records it with the reason.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer, and the erasure that has begun now.</returns>
    public async Task<(ErasureAnswer Answer, Guid? Erasure)> PrepareAsync(Guid userId, string typedEmail, bool byStaff, CancellationToken cancellationToken)
    {
        await BePatientAsync(cancellationToken);
        // Whoever is about to write something for this account ends first, or sees the erasure.
        var user = await context.Users.FromSql($"SELECT * FROM users WHERE id = {userId} FOR UPDATE").AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (user is null || await context.Erasures.AnyAsync(work => work.UserId == userId, cancellationToken))
        {
            return (new ErasureAnswer.Begun(), null);
        }

        if (!string.Equals(typedEmail.Trim(), user.Email, StringComparison.OrdinalIgnoreCase))
        {
            return (new ErasureAnswer.WrongEmail(), null);
        }

        var role = await staff.RoleAsync(userId, cancellationToken);
        if (role is not null && await staff.NeededAsync(user, cancellationToken) is { } why)
        {
            return (new ErasureAnswer.Needed(why), null);
        }

        var erasure = await AddAsync(user, role, byStaff, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await CloseAsync(userId, cancellationToken);
        return (new ErasureAnswer.Begun(), erasure);
    }

    /// <summary>Tells what was committed: open pages close, and the job begins.</summary>
    public void Announce(Guid erasure, Guid userId)
    {
        Log.Begun(logger, erasure, userId);
        feed.Publish(new FeedChange(userId, FeedKind.Session));
        wake.Erase(erasure);
    }

    /// <summary>Somebody pressed twice, or two administrators leave at once: the second waits for the first instead of failing.</summary>
    private async Task BePatientAsync(CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlAsync($"SELECT set_config('lock_timeout', '20s', true), set_config('statement_timeout', '20s', true)", cancellationToken);
        context.Database.SetCommandTimeout(TimeSpan.FromSeconds(25));
    }

    private async Task<Guid> AddAsync(PortalUser user, string? role, bool byStaff, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var work = new ErasureWork { UserId = user.Id, RequestedAt = now, NextAttemptAt = now };
        work.SealedLetter = farewell.Seal(work, user);
        context.Erasures.Add(work);
        if (!byStaff)
        {
            var entry = new AuditEntry("account.erasure-asked", role is null ? AuditActor.Person : AuditActor.Staff)
            {
                ActorUserId = user.Id,
                SubjectUserId = user.Id,
                Target = $"erasure:{work.Id}",
                Details = role is null ? null : new { role },
            };
            await audit.AddAsync(context, entry, cancellationToken);
        }

        return work.Id;
    }

    /// <summary>No way in is left, and the e-mail is free for a new account. The stamps stop whoever read the account before.</summary>
    private async Task CloseAsync(Guid userId, CancellationToken cancellationToken)
    {
        var (securityStamp, concurrencyStamp) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        await context.Users.Where(user => user.Id == userId).ExecuteUpdateAsync(
            set => set.SetProperty(user => user.Email, (string?)null).SetProperty(user => user.NormalizedEmail, (string?)null).SetProperty(user => user.EmailConfirmed, false)
                .SetProperty(user => user.UserName, (string?)null).SetProperty(user => user.NormalizedUserName, (string?)null)
                .SetProperty(user => user.PasswordHash, (string?)null).SetProperty(user => user.PhoneNumber, (string?)null).SetProperty(user => user.TimeZone, (string?)null)
                .SetProperty(user => user.SecurityStamp, securityStamp).SetProperty(user => user.ConcurrencyStamp, concurrencyStamp),
            cancellationToken);
        await context.UserRoles.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.UserClaims.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.UserLogins.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.UserTokens.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await context.Set<IdentityUserPasskey<Guid>>().Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Erasure {ErasureId} of account {UserId} has begun")]
        public static partial void Begun(ILogger logger, Guid erasureId, Guid userId);
    }
}
