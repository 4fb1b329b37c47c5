using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Audit;

/// <summary>The pseudonym of a person in the audit trail, made at the first need.</summary>
public sealed class AuditSubjects(TokenVault vault)
{
    /// <summary>The person's row; two makers at once end with the same one.</summary>
    public async Task<AuditSubject> OfAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, userId, cancellationToken) is { } known)
        {
            return known;
        }

        var id = Guid.NewGuid();
        var key = vault.Seal(id, VaultColumns.ArchiveKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await context.Database.ExecuteSqlAsync(
            $"INSERT INTO audit_subjects (id, user_id, sealed_archive_key) VALUES ({id}, {userId}, {key}) ON CONFLICT (user_id) DO NOTHING", cancellationToken);
        return await FindAsync(context, userId, cancellationToken)
            ?? throw new InvalidOperationException("The pseudonym of a person is being erased.");
    }

    private static Task<AuditSubject?> FindAsync(RingPortalContext context, Guid userId, CancellationToken cancellationToken) =>
        context.AuditSubjects.AsNoTracking().SingleOrDefaultAsync(subject => subject.UserId == userId, cancellationToken);
}
