using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Erasure;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Web.Features.Erasure.Steps;

/// <summary>
/// Deletes the account and the key of its pseudonym and hands the last message over, in the transaction that also ends the
/// erasure. The trail keeps its records as they are; nobody can tell any more whose they were.
/// </summary>
internal sealed class PersonStep(RingPortalContext context, ErasureLease lease, AuditSubjects subjects, Farewell farewell, OutboxWake mail, TimeProvider clock) : IErasureStep
{
    public async Task<ErasureStage> RunAsync(ErasureWork work, Guid userId, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await lease.KeepAsync(work, cancellationToken);
        // From here on nobody makes a pseudonym for this account any more.
        await context.Database.ExecuteSqlAsync($"SELECT FROM users WHERE id = {userId} FOR UPDATE", cancellationToken);
        await subjects.EraseAsync(context, userId, cancellationToken);
        var isWritten = farewell.HandOver(context, work);
        await context.SaveChangesAsync(cancellationToken);
        await context.Users.Where(user => user.Id == userId).ExecuteDeleteAsync(cancellationToken);
        await ForgetAsync(work, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (isWritten)
        {
            mail.Wake();
        }

        return ErasureStage.Done;
    }

    private Task<int> ForgetAsync(ErasureWork work, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return context.Erasures.Where(row => row.Id == work.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.CompletedAt, now).SetProperty(row => row.Stage, ErasureStage.Done).SetProperty(row => row.NextAttemptAt, (DateTimeOffset?)null)
                .SetProperty(row => row.UserId, (Guid?)null).SetProperty(row => row.SealedLetter, (byte[]?)null).SetProperty(row => row.ToldLinks, Array.Empty<Guid>())
                .SetProperty(row => row.LastError, (string?)null).SetProperty(row => row.LeaseId, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
            cancellationToken);
    }
}
