using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Erasure;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Linking;

namespace RingPortal.Web.Features.Erasure.Steps;

/// <summary>
/// Ends every connection as if the person had disconnected it: Ring is told once, tokens are erased, a teardown is asked
/// for. From then on what Ring still sends for these accounts is answered and dropped.
/// </summary>
internal sealed class LinksStep(RingPortalContext context, ErasureLease lease, LinkDisconnect disconnect, TimeProvider clock) : IErasureStep
{
    public async Task<ErasureStage> RunAsync(ErasureWork work, Guid userId, CancellationToken cancellationToken)
    {
        // While the cameras are still known: deliveries that could not be read name them in their bodies alone.
        await context.Database.ExecuteSqlRawAsync(RingAccountsSql.ForgetByCameras, RingAccountsSql.Of(work, userId, clock), cancellationToken);
        var living = await context.RingTokens.AsNoTracking()
            .Where(token => token.UserId == userId && RingTokenTransitions.Living.Contains(token.State)).OrderBy(token => token.ClaimedAt)
            .Select(token => token.Id).ToListAsync(cancellationToken);
        foreach (var link in living)
        {
            await lease.KeepAsync(work, cancellationToken);
            await disconnect.EndAsync(link, userId, tellRing: await IsFirstAsync(work, link, cancellationToken), cancellationToken);
        }

        await context.Database.ExecuteSqlRawAsync(RingAccountsSql.Remember, RingAccountsSql.Of(work, userId, clock), cancellationToken);
        return ErasureStage.Removals;
    }

    /// <summary>Written before Ring is told: an instance that dies meanwhile leaves Ring told once or not at all, never twice.</summary>
    private async Task<bool> IsFirstAsync(ErasureWork work, Guid link, CancellationToken cancellationToken) =>
        await context.Database.ExecuteSqlAsync(
            $"UPDATE erasures SET told_links = array_append(told_links, {link}) WHERE id = {work.Id} AND lease_id = {work.LeaseId} AND NOT {link} = ANY(told_links)",
            cancellationToken) > 0;
}
