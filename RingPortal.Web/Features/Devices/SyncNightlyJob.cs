using Hangfire;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Devices;

/// <summary>At night, cameras and plans of every link are read again, so that no lost event stays unnoticed for long.</summary>
[AutomaticRetry(Attempts = 3)]
[KeepRuns(21)]
public sealed class SyncNightlyJob(IServiceProvider services)
{
    private static readonly TimeSpan s_spread = TimeSpan.FromHours(2);

    /// <summary>Asks for it; a repeat asks for nothing twice.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        services.GetRequiredService<SyncEverything>().AskAsync(s_spread, cancellationToken);
}
