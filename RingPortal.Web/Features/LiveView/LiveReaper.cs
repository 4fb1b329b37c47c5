using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.LiveView;

/// <summary>
/// Runs on every instance and sweeps for all of them: a camera that is left streaming mutes its doorbell and empties its
/// battery. When the instance stops it ends its own live views.
/// </summary>
internal sealed partial class LiveReaper(LiveSweep sweep, LiveInstance instance, PortalReadiness readiness, TimeProvider clock, ILogger<LiveReaper> logger) : BackgroundService
{
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(8);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_farewell);
        await TryAsync(token => sweep.EndOwnAsync(instance.Id, token), patience.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_between, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (readiness.Problem is null)
            {
                await TryAsync(sweep.RunAsync, stoppingToken);
            }
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Later(logger, exception);
        }
        catch (OperationCanceledException)
        {
            // The rest is another instance's, after its pages are silent.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Forgotten live views could not be ended; trying again")]
        public static partial void Later(ILogger logger, Exception exception);
    }
}
