using Microsoft.EntityFrameworkCore;
using Npgsql;
using RingPortal.Data;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>
/// Every batch of every instance works behind it until its commit. Whoever has changed what a batch reads first (a connection
/// ended, a tombstone stands) passes it to know that no batch is left that may have read it before.
/// </summary>
internal static class DispatchBarrier
{
    private const long Key = 7214500031;

    /// <summary>A batch begins; to be called in its transaction. Waits only while somebody passes.</summary>
    public static Task EnterAsync(RingPortalContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared({Key})", cancellationToken);

    /// <summary>Waits for the batches that are at work, for a second at most: new ones stand behind meanwhile.</summary>
    /// <returns>Whether all of them have ended.</returns>
    public static async Task<bool> PassAsync(RingPortalContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync($"SET LOCAL lock_timeout = '1s'", cancellationToken);
        try
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({Key})", cancellationToken);
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }
}
