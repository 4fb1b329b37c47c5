using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Webhooks;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>What became of the deliveries of an act on many.</summary>
internal static class BulkResults
{
    /// <summary>Counts them where they stand now, by index.</summary>
    public static async Task<BulkResult> ResultAsync(this RingPortalContext context, Guid bulkId, CancellationToken cancellationToken)
    {
        var states = await context.Inbox.Where(row => row.BulkId == bulkId).GroupBy(row => row.State)
            .Select(group => new { State = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
        int Of(InboxState state) => states.Where(row => row.State == state).Sum(row => row.Count);
        // Parked again has come to an end too: nobody stopped it, it waits for its person.
        return new BulkResult(Of(InboxState.Done) + Of(InboxState.Parked), Of(InboxState.Dead), Of(InboxState.Due));
    }

    /// <summary>Writes the result down once nothing of it waits any more, and forgets whose account it was about.</summary>
    /// <returns>Whether it has come to an end.</returns>
    public static async Task<bool> SettleAsync(this RingPortalContext context, Guid bulkId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await context.ResultAsync(bulkId, cancellationToken) is not { Waiting: 0 } result)
        {
            return false;
        }

        return await context.Database.ExecuteSqlAsync(
            $"""
            UPDATE inbox_bulks SET settled_at = {now}, done = {result.Done}, stopped = {result.Stopped}, filter = filter - {BulkFilter.AccountName}
            WHERE id = {bulkId} AND carried_out_at IS NOT NULL AND settled_at IS NULL
            """,
            cancellationToken) > 0;
    }
}

/// <summary>What became of them.</summary>
/// <param name="Done">Processed, discarded, or parked for their person.</param>
/// <param name="Stopped">Stopped again.</param>
/// <param name="Waiting">Due, or to be tried again.</param>
internal sealed record BulkResult(int Done, int Stopped, int Waiting);
