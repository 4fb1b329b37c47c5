using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RingPortal.Data;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>
/// Reading of the inbox that goes by index whatever the statistics say: those of a quiet hour must not have a month of
/// deliveries read as a whole, or a backlog sorted for each piece of it.
/// </summary>
internal static class IndexedReading
{
    /// <summary>Begins a transaction in which that holds.</summary>
    public static async Task<IDbContextTransaction> BeginIndexedAsync(this RingPortalContext context, CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off", cancellationToken);
        return transaction;
    }
}
