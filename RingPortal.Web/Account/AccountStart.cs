using RingPortal.Web.Hosting;

namespace RingPortal.Web.Account;

/// <summary>
/// Prepares accounts before this instance takes its first request. Where the database is away or not yet migrated
/// the start goes on, and it is tried each second until it works.
/// </summary>
internal sealed partial class AccountStart(IServiceProvider services, PortalReadiness readiness, ILogger<AccountStart> logger) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool prepared;

    public async Task StartingAsync(CancellationToken cancellationToken) => prepared = await TryAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (!prepared && await timer.WaitForNextTickAsync(stoppingToken))
        {
            prepared = await TryAsync(stoppingToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await services.PrepareAccountAsync(cancellationToken);
            readiness.KeysAreReady();
            return true;
        }
        catch (Exception failure) when (DatabaseTrouble.Is(failure))
        {
            Log.Later(logger, failure.GetBaseException().GetType().Name);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Accounts could not be prepared yet ({Reason}); trying again")]
        public static partial void Later(ILogger logger, string reason);
    }
}
