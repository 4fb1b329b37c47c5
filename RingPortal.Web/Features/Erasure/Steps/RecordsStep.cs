using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Erasure;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Erasure.Steps;

/// <summary>
/// Deletes everything else that names the person or their Ring accounts, in one transaction: whoever still works on one of
/// these connections either ended before or finds it gone.
/// </summary>
internal sealed class RecordsStep(RingPortalContext context, ErasureLease lease, TimeProvider clock) : IErasureStep
{
    public async Task<ErasureStage> RunAsync(ErasureWork work, Guid userId, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await lease.KeepAsync(work, cancellationToken);
        var links = await context.RingTokens.FromSql($"SELECT * FROM ring_tokens WHERE user_id = {userId} ORDER BY id FOR UPDATE").AsNoTracking()
            .Select(token => new { token.Id, token.State }).ToListAsync(cancellationToken);
        // Only an older version of the portal connects for somebody who is leaving.
        if (links.Exists(link => RingTokenTransitions.Living.Contains(link.State)))
        {
            return ErasureStage.Links;
        }

        foreach (var sql in RingAccountsSql.Last)
        {
            await context.Database.ExecuteSqlRawAsync(sql, RingAccountsSql.Of(work, userId, clock), cancellationToken);
        }

        await DeleteAsync(userId, [.. links.Select(link => link.Id)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ErasureStage.Person;
    }

    private async Task DeleteAsync(Guid userId, List<Guid> links, CancellationToken cancellationToken)
    {
        var alarms = links.ConvertAll(TokenRenewal.AlarmOf);
        await context.Alarms.Where(alarm => alarms.Contains(alarm.Key)).ExecuteDeleteAsync(cancellationToken);
        await context.LiveSessions.Where(session => session.UserId == userId || links.Contains(session.RingTokenId)).ExecuteDeleteAsync(cancellationToken);
        await context.Teardowns.Where(teardown => teardown.UserId == userId || links.Contains(teardown.RingTokenId)).ExecuteDeleteAsync(cancellationToken);
        await context.OutboxEmails.Where(mail => mail.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        // With them go cameras, events, choices, plans and readings that are asked for.
        await context.RingTokens.Where(token => token.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }
}
