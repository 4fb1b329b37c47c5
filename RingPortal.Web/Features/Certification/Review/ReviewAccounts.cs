using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Certification;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Erasure;

namespace RingPortal.Web.Features.Certification.Review;

/// <summary>
/// Accounts for Ring's reviewers: consumers as any other, made by an operator who vouches for the address, and deleted by the
/// erasure that every account goes through.
/// </summary>
internal sealed class ReviewAccounts(
    RingPortalContext context, IPasswordHasher<PortalUser> hasher, ILookupNormalizer normalizer, ErasureRequests erasures, TimeProvider clock)
{
    /// <summary>Without characters that look alike.</summary>
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>A password to be shown once: 24 letters in groups, about 118 bits.</summary>
    public static string NewPassword() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 6)));

    /// <summary>Adds an account to the caller's transaction.</summary>
    /// <returns>Key of the text that says why not; null when it was added.</returns>
    public async Task<string?> AddAsync(RingPortalContext unit, string email, string password, CancellationToken cancellationToken)
    {
        var name = normalizer.NormalizeEmail(email);
        if (!EmailAddress.IsPlausible(email))
        {
            return "admin.cert.account.bad";
        }

        if (await unit.Users.AnyAsync(person => person.NormalizedEmail == name || person.NormalizedUserName == name, cancellationToken))
        {
            return "admin.cert.account.taken";
        }

        var user = new PortalUser
        {
            UserName = email,
            NormalizedUserName = name,
            Email = email,
            NormalizedEmail = name,
            // The operator reads it; reviewers are not to be asked for a confirmation that they cannot give.
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString(),
            CreatedAt = clock.GetUtcNow(),
        };
        user.PasswordHash = hasher.HashPassword(user, password);
        unit.Users.Add(user);
        unit.ReviewAccounts.Add(new ReviewAccount { UserId = user.Id, MadeAt = user.CreatedAt });
        await unit.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>Notes in the caller's transaction that an account is to be deleted; <see cref="SweepAsync"/> begins it.</summary>
    /// <returns>Whether there was such an account.</returns>
    public async Task<bool> AskErasureAsync(RingPortalContext unit, Guid userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await unit.Database.ExecuteSqlAsync($"UPDATE review_accounts SET erase_asked_at = {now} WHERE user_id = {userId} AND erase_asked_at IS NULL", cancellationToken) == 1;
    }

    /// <summary>Begins the erasure of those that are to be deleted; one that has begun is found and left alone.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var asked = await context.ReviewAccounts.AsNoTracking().Where(account => account.EraseAskedAt != null)
            .Join(context.Users, account => account.UserId, person => person.Id, (account, person) => new { account.UserId, person.Email })
            .Where(account => account.Email != null)
            .ToListAsync(cancellationToken);
        foreach (var account in asked)
        {
            await erasures.BeginAsync(account.UserId, account.Email!, cancellationToken);
        }
    }
}
