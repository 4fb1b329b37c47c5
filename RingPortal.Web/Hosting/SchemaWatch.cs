using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Hosting;

/// <summary>Finds out at start whether the schema is the one this version needs, and keeps asking until it is.</summary>
internal sealed partial class SchemaWatch(IServiceScopeFactory scopes, PortalReadiness readiness, ILogger<SchemaWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            if (await IsReadyAsync(stoppingToken))
            {
                readiness.SchemaIsReady();
                return;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateBackgroundScope();
            var database = scope.ServiceProvider.GetRequiredService<RingPortalContext>().Database;
            var missing = (await database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            if (missing.Count > 0)
            {
                Log.Missing(logger, missing.Count);
            }

            return missing.Count == 0;
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            Log.Unreachable(logger, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} migrations are missing: run \"RingPortal.Web migrate\"")]
        public static partial void Missing(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "The database cannot be reached yet")]
        public static partial void Unreachable(ILogger logger, Exception exception);
    }
}
