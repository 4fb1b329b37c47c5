using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Audit;

/// <summary>The pseudonym of a person in the audit trail and the key of their archives, made at the first need.</summary>
public sealed class AuditSubjects(TokenVault vault, TimeProvider clock)
{
    /// <summary>The person's row; two makers at once end with the same one. Null when there is no such person any more.</summary>
    public async Task<AuditSubject?> OfAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, userId, cancellationToken) is { } known)
        {
            return known;
        }

        var id = Guid.NewGuid();
        var key = vault.Seal(id, VaultColumns.ArchiveKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        // The lock lets no erasure slip in between: what is made for an erased person would stay for ever.
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO audit_subjects (id, user_id, sealed_archive_key)
            SELECT {id}, person.id, {key} FROM (SELECT id FROM users WHERE id = {userId} FOR KEY SHARE) AS person
            ON CONFLICT (user_id) DO NOTHING
            """,
            cancellationToken);
        return await FindAsync(context, userId, cancellationToken);
    }

    /// <summary>
    /// Erases a person from the trail: nobody can tell any more whose pseudonym it was, and their archives open no more. No
    /// record is changed. The caller saves, in the transaction that deletes the account.
    /// </summary>
    /// <returns>Whether there was anything to erase.</returns>
    public async Task<bool> EraseAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, userId, cancellationToken) is not { } subject)
        {
            return false;
        }

        context.AuditRecords.Add(new AuditRecord { At = clock.GetUtcNow(), Action = "person.erased", Actor = AuditActor.Portal, SubjectId = subject.Id });
        return await context.AuditSubjects.Where(row => row.Id == subject.Id).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    private static Task<AuditSubject?> FindAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken) =>
        context.AuditSubjects.AsNoTracking().SingleOrDefaultAsync(subject => subject.UserId == userId, cancellationToken);
}
