using RingPortal.Data;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Arrivals;

/// <summary>Writes arrivals each second, at most 50 per address and verdict; the rest is only counted.</summary>
internal sealed partial class ArrivalWriter(
    ArrivalLog arrivals, IServiceScopeFactory scopes, PortalReadiness readiness, ILogger<ArrivalWriter> logger) : BackgroundService
{
    private const int PerVerdict = 50;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (readiness.Problem is null)
            {
                await FlushAsync(stoppingToken);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAsync(cancellationToken);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var taken = arrivals.Take();
        var kept = taken.GroupBy(arrival => (arrival.Route, arrival.Verdict)).SelectMany(group => group.Take(PerVerdict)).ToList();
        if (kept.Count == 0)
        {
            return;
        }

        try
        {
            await using var scope = scopes.CreateBackgroundScope();
            var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
            context.Set<Arrival>().AddRange(kept);
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.Lost(logger, kept.Count, exception);
        }

        if (taken.Count > kept.Count)
        {
            Log.Bounded(logger, taken.Count - kept.Count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} arrivals could not be written; they are lost for the arrivals page")]
        public static partial void Lost(ILogger logger, int count, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "{Count} arrivals of one second were only counted")]
        public static partial void Bounded(ILogger logger, int count);
    }
}
