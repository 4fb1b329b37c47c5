using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RingPortal.Data;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>The transaction that deliveries are processed in.</summary>
internal static class BatchTransaction
{
    /// <summary>
    /// Not flushed at once: effect and outcome are lost together or not at all, and whatever is committed later with a
    /// flush carries this commit with it. Everything is found by its key or in the order of an index: statistics of a quiet
    /// hour, in which nothing was due, must not have a backlog sorted as a whole for each batch.
    /// </summary>
    public const string Settings = "SET LOCAL synchronous_commit = off; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off";

    /// <summary>Begins one.</summary>
    public static async Task<IDbContextTransaction> BeginBatchAsync(this RingPortalContext context, CancellationToken cancellationToken)
    {
        var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlRawAsync(Settings, cancellationToken);
        await DispatchBarrier.EnterAsync(context, cancellationToken);
        return transaction;
    }
}
