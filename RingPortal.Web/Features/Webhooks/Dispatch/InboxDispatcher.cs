using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Hosting;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>
/// Runs on every instance: woken by this instance's own deliveries, and by a poll that finds what others left or what is
/// due again.
/// </summary>
internal sealed partial class InboxDispatcher(
    DispatchPace pace,
    IServiceScopeFactory scopes,
    PortalReadiness readiness,
    FeedOutlet outlet,
    WorkWake work,
    Alarms alarms,
    PortalMetrics metrics,
    ILogger<InboxDispatcher> logger) : BackgroundService
{
    private const int Workers = 2;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var breath = pace.Begin();
            var rows = readiness.Problem is null ? await RunBatchAsync(cancellationToken) : 0;
            await pace.BetweenAsync(rows, breath, cancellationToken);
        }
    }

    private async Task<int> RunBatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateBackgroundScope();
            var batch = scope.ServiceProvider.GetRequiredService<InboxBatch>();
            try
            {
                return await batch.RunAsync(cancellationToken);
            }
            finally
            {
                // What was committed is told even when a later row or the stop broke the batch off.
                batch.Aftermath.Run(outlet, work);
                metrics.WebhooksDead(batch.Dead);
                metrics.InboxApplied(batch.Lags);
                if (batch.Dead > 0)
                {
                    await alarms.RaiseAsync("webhook.dead", "Deliveries stopped after the last try. Read the reason, fix it, then process them again.", cancellationToken);
                }
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The rows are still due; the next round takes them again, here or elsewhere.
            Log.Postponed(logger, exception);
            return 0;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Deliveries wait: they could not be processed now")]
        public static partial void Postponed(ILogger logger, Exception exception);
    }
}
