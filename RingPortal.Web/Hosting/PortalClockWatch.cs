namespace RingPortal.Web.Hosting;

/// <summary>Reads the database's clock once a minute.</summary>
internal sealed partial class PortalClockWatch(PortalClock clock, PortalDataSources sources, ILogger<PortalClockWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        do
        {
            try
            {
                await ObserveAsync(stoppingToken);
            }
            catch (Exception exception) when (DatabaseTrouble.Is(exception))
            {
                Log.Unreadable(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ObserveAsync(CancellationToken cancellationToken)
    {
        var before = clock.Offset;
        await using var command = sources.Jobs.CreateCommand("SELECT clock_timestamp()");
        var asked = TimeProvider.System.GetUtcNow();
        var started = TimeProvider.System.GetTimestamp();
        var databaseNow = (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
        clock.Observe(new DateTimeOffset(databaseNow, TimeSpan.Zero), asked, TimeProvider.System.GetElapsedTime(started));
        if (clock.Offset != before)
        {
            Log.Corrected(logger, clock.Offset.TotalMilliseconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "This host's clock differs from the database's; {OffsetMs} ms are added. Check NTP.")]
        public static partial void Corrected(ILogger logger, double offsetMs);

        [LoggerMessage(2, LogLevel.Warning, "The database's clock could not be read; the last correction stays.")]
        public static partial void Unreadable(ILogger logger, Exception exception);
    }
}
