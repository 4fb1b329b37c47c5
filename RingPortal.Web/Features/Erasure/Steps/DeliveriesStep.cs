using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Erasure;

namespace RingPortal.Web.Features.Erasure.Steps;

/// <summary>
/// Deletes what Ring sent about the person's Ring accounts, in chunks with a pause behind each, so that deliveries of others
/// are acknowledged as fast as ever. What belongs to somebody else who holds a Ring account now stays.
/// </summary>
internal sealed class DeliveriesStep(RingPortalContext context, ErasureLease lease, TimeProvider clock) : IErasureStep
{
    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(20);

    public async Task<ErasureStage> RunAsync(ErasureWork work, Guid userId, CancellationToken cancellationToken)
    {
        await context.Database.ExecuteSqlRawAsync(RingAccountsSql.ForgetByAccounts, RingAccountsSql.Of(work, userId, clock), cancellationToken);
        // A row that somebody has in hand is left to the last look, which waits for it.
        while (await context.Database.ExecuteSqlRawAsync(RingAccountsSql.ForgetChunk, RingAccountsSql.Of(work, userId, clock), cancellationToken) == RingAccountsSql.Chunk)
        {
            await lease.KeepAsync(work, cancellationToken);
            await Task.Delay(s_breath, cancellationToken);
        }

        return ErasureStage.Records;
    }
}
