using Hangfire;
using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Pruning;

/// <summary>
/// Deletes what is kept no longer, in short transactions with pauses between them, so that nobody notices. Does not hurry:
/// after its time it stops and comes back later for the rest. Safe to run anywhere, twice at once.
/// </summary>
[AutomaticRetry(Attempts = 3)]
[KeepRuns(21)]
internal sealed partial class PruneJob(
    PortalDataSources sources, IOptions<RetentionOptions> retention, AuditPruner audit, IBackgroundJobClient jobs, TimeProvider clock, ILogger<PruneJob> logger)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_rest = TimeSpan.FromMinutes(5);

    /// <summary>Goes on as long as it may.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var end = clock.GetUtcNow() + s_longest;
        var isDone = true;
        foreach (var rule in PruneRule.All(retention.Value))
        {
            isDone &= await ChunksAsync(rule.Table, PruneRule.Chunk, token => DeleteAsync(rule, token), end, cancellationToken);
        }

        isDone &= await ChunksAsync("audit_records", AuditPruner.Seals, token => audit.PruneAsync(retention.Value.Audit.RetentionDays, token), end, cancellationToken);
        if (!isDone)
        {
            jobs.Schedule<PruneJob>(job => job.RunAsync(CancellationToken.None), s_rest);
        }
    }

    /// <summary>Whether all of a table was done. Rests between chunks.</summary>
    private async Task<bool> ChunksAsync(string table, int full, Func<CancellationToken, Task<int>> deleteAsync, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var total = 0L;
        var breath = new Breath(clock);
        while (clock.GetUtcNow() < end)
        {
            var deleted = await deleteAsync(cancellationToken);
            total += deleted;
            if (deleted < full)
            {
                Log.Pruned(logger, table, total);
                return true;
            }

            await breath.TakeAsync(cancellationToken);
        }

        Log.Stopped(logger, table, total);
        return false;
    }

    private async Task<int> DeleteAsync(PruneRule rule, CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand(rule.Sql);
        command.Parameters.AddWithValue("before", clock.GetUtcNow() - rule.Age);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Pruned {Count} of {Table}")]
        public static partial void Pruned(ILogger logger, string table, long count);

        [LoggerMessage(2, LogLevel.Information, "Pruned {Count} of {Table} so far; going on later")]
        public static partial void Stopped(ILogger logger, string table, long count);
    }
}
