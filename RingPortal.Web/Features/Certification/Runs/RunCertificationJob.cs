using Hangfire;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Certification;
using RingPortal.Web.Features.Certification.Checks;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Certification.Runs;

/// <summary>
/// Runs the machine checks one after another and writes each result at once. One run at a time over all instances, by a fenced
/// lease on its row; what a killed instance left is begun anew by the sweep.
/// </summary>
[AutomaticRetry(Attempts = 0)]
internal sealed partial class RunCertificationJob(
    RingPortalContext context, IServiceScopeFactory scopes, CertificationRuns runs, TimeProvider clock, ILogger<RunCertificationJob> logger)
{
    /// <summary>No check may take longer, whatever it waits for.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan s_lease = Patience + TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(30);

    /// <summary>Runs what was asked for; a second worker of the same run finds the lease and goes.</summary>
    public async Task RunAsync(Guid runId, CancellationToken cancellationToken)
    {
        var lease = Guid.NewGuid();
        if (!await TakeAsync(runId, lease, cancellationToken))
        {
            return;
        }

        var only = await context.CertificationRuns.AsNoTracking().Where(run => run.Id == runId).Select(run => run.Item).SingleAsync(cancellationToken);
        var done = 0;
        foreach (var item in CertificationCatalogue.Items.Where(item => item.IsMachine && (only is null || item.Id == only)))
        {
            if (!await BeginAsync(runId, lease, item.Id, done, cancellationToken))
            {
                return;
            }

            await StoreAsync(await LookAsync(item.Id, cancellationToken), cancellationToken);
            done++;
        }

        await FinishAsync(runId, lease, done, cancellationToken);
    }

    /// <summary>Each minute: begins what was asked for and not begun, or left by an instance that died.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var late = now - s_late;
        var left = await context.CertificationRuns.AsNoTracking()
            .Where(run => run.IsOpen && ((run.LeaseUntil == null && run.RequestedAt < late) || run.LeaseUntil < now))
            .Select(run => run.Id).ToListAsync(cancellationToken);
        left.ForEach(runs.Wake);
    }

    private async Task<CertificationResult> LookAsync(string item, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var finding = await FindAsync(item, cancellationToken);
        return new CertificationResult
        {
            Item = item,
            Outcome = finding.Outcome,
            Evidence = finding.Evidence.Length > 2000 ? finding.Evidence[..2000] : finding.Evidence,
            At = clock.GetUtcNow(),
            ElapsedMilliseconds = clock.GetElapsedTime(started).TotalMilliseconds,
        };
    }

    private async Task<CheckFinding> FindAsync(string item, CancellationToken cancellationToken)
    {
        // Of its own, because one that does not end is left behind.
        await using var scope = scopes.CreateBackgroundScope();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var check = scope.ServiceProvider.GetServices<ICertificationCheck>().Single(check => check.Item == item);
            return await check.RunAsync(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CheckFinding.Failed($"The check did not end within {Patience.TotalSeconds:0} s");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A check that breaks has not passed, and the others are worth running all the same.
            Log.Broke(logger, exception, item);
            return CheckFinding.Failed($"The check itself broke ({exception.GetType().Name}); the log says more");
        }
    }

    private async Task<bool> TakeAsync(Guid runId, Guid lease, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now + s_lease;
        return await context.Database.ExecuteSqlAsync(
            $"UPDATE certification_runs SET lease_id = {lease}, lease_until = {until}, done = 0 WHERE id = {runId} AND is_open AND (lease_until IS NULL OR lease_until < {now})",
            cancellationToken) == 1;
    }

    private async Task<bool> BeginAsync(Guid runId, Guid lease, string item, int done, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + s_lease;
        return await context.Database.ExecuteSqlAsync(
            $"UPDATE certification_runs SET current = {item}, done = {done}, lease_until = {until} WHERE id = {runId} AND is_open AND lease_id = {lease}", cancellationToken) == 1;
    }

    private Task<int> StoreAsync(CertificationResult result, CancellationToken cancellationToken) => context.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO certification_results (item, outcome, evidence, at, elapsed_milliseconds)
        VALUES ({result.Item}, {result.Outcome.ToString()}, {result.Evidence}, {result.At}, {result.ElapsedMilliseconds})
        ON CONFLICT (item) DO UPDATE SET outcome = excluded.outcome, evidence = excluded.evidence, at = excluded.at, elapsed_milliseconds = excluded.elapsed_milliseconds
        """,
        cancellationToken);

    private Task<int> FinishAsync(Guid runId, Guid lease, int done, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return context.Database.ExecuteSqlAsync(
            $"UPDATE certification_runs SET is_open = false, current = NULL, done = {done}, finished_at = {now}, lease_id = NULL, lease_until = NULL WHERE id = {runId} AND lease_id = {lease}",
            cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The certification check {Item} broke")]
        public static partial void Broke(ILogger logger, Exception exception, string item);
    }
}
