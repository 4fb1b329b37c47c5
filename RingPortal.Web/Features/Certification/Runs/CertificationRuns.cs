using Hangfire;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.Certification.Runs;

/// <summary>Asks for runs of the machine checks. The row is the truth; the queue only wakes somebody to work on it.</summary>
internal sealed partial class CertificationRuns(IBackgroundJobClient jobs, TimeProvider clock, ILogger<CertificationRuns> logger)
{
    /// <summary>A run that nobody has ended by then has lost its worker for good.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Adds a run to the caller's transaction, unless one is open.</summary>
    /// <param name="context">The caller's unit of work.</param>
    /// <param name="item">The only item to check; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The new run, or null.</returns>
    public async Task<Guid?> AddAsync(RingPortalContext context, string? item, CancellationToken cancellationToken)
    {
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow());
        var (total, old) = (item is null ? CertificationCatalogue.Items.Count(entry => entry.IsMachine) : 1, now - Longest);
        await context.Database.ExecuteSqlAsync(
            $"UPDATE certification_runs SET is_open = false, current = NULL, finished_at = {now} WHERE is_open AND requested_at < {old}", cancellationToken);
        var added = await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO certification_runs (id, item, requested_at, is_open, total, done) VALUES ({id}, {item}, {now}, true, {total}, 0)
            ON CONFLICT (is_open) WHERE is_open DO NOTHING
            """,
            cancellationToken);
        return added == 1 ? id : null;
    }

    /// <summary>Makes a run begin now. To be called after the commit; without it the sweep begins it within a minute.</summary>
    public void Wake(Guid runId)
    {
        try
        {
            jobs.Enqueue<RunCertificationJob>(job => job.RunAsync(runId, CancellationToken.None));
        }
        catch (BackgroundJobClientException failure)
        {
            Log.NotWoken(logger, runId, failure.InnerException?.GetType().Name ?? failure.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Certification run {RunId} could not be woken ({Reason}); its sweep finds it within a minute")]
        public static partial void NotWoken(ILogger logger, Guid runId, string reason);
    }
}
