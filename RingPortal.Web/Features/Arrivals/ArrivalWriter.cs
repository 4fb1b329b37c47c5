using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Arrivals;

/// <summary>Writes arrivals each second, at most 50 per address and verdict; the rest is only counted, with all, minute by minute.</summary>
internal sealed partial class ArrivalWriter(
    ArrivalLog arrivals, IServiceScopeFactory scopes, PortalReadiness readiness, ILogger<ArrivalWriter> logger) : BackgroundService
{
    /// <summary>Arrivals of one address and verdict that are kept of one second.</summary>
    public const int PerVerdict = 50;

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
        var (taken, counts) = (arrivals.Take(), arrivals.TakeCounts());
        if (counts.Count == 0)
        {
            return;
        }

        var kept = taken.GroupBy(arrival => (arrival.Route, arrival.Verdict)).SelectMany(group => group.Take(PerVerdict)).ToList();
        try
        {
            await using var scope = scopes.CreateBackgroundScope();
            await WriteAsync(scope.ServiceProvider.GetRequiredService<RingPortalContext>(), kept, counts, cancellationToken);
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            arrivals.GiveBack(counts);
            Log.Lost(logger, kept.Count, exception);
        }

        if (taken.Count > kept.Count)
        {
            Log.Bounded(logger, taken.Count - kept.Count);
        }
    }

    private static async Task WriteAsync(RingPortalContext context, List<Arrival> kept, IReadOnlyList<ArrivalMinute> counts, CancellationToken cancellationToken)
    {
        // In one order everywhere, so that instances never wait for each other in a circle.
        var ordered = counts.OrderBy(minute => minute.At).ThenBy(minute => minute.Route, StringComparer.Ordinal).ThenBy(minute => minute.Verdict, StringComparer.Ordinal).ToList();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        context.Set<Arrival>().AddRange(kept);
        await context.SaveChangesAsync(cancellationToken);
        await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO arrival_minutes (at, route, verdict, count)
            SELECT * FROM unnest({ordered.Select(minute => minute.At).ToArray()}, {ordered.Select(minute => minute.Route).ToArray()}, {ordered.Select(minute => minute.Verdict).ToArray()}, {ordered.Select(minute => minute.Count).ToArray()})
            ON CONFLICT (at, route, verdict) DO UPDATE SET count = arrival_minutes.count + excluded.count
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} arrivals could not be written; they are lost for the arrivals page, save in its counts")]
        public static partial void Lost(ILogger logger, int count, Exception exception);

        [LoggerMessage(2, LogLevel.Information, "{Count} arrivals of one second were only counted")]
        public static partial void Bounded(ILogger logger, int count);
    }
}
