using Hangfire;
using Hangfire.PostgreSql;
using Npgsql;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Jobs;

/// <summary>
/// Registers the timetable once the schema is there. An advisory lock lets one instance at a time do it: concurrent
/// registration collides inside Hangfire's storage.
/// </summary>
internal sealed partial class JobScheduleRegistration(
    PortalReadiness readiness, PortalDataSources sources, IRecurringJobManager jobs, ILogger<JobScheduleRegistration> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (readiness.Problem is null && await TryRegisterAsync(stoppingToken))
            {
                return;
            }
        }
    }

    private async Task<bool> TryRegisterAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await sources.Jobs.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock(7214500014)", connection, transaction))
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            // Hangfire waits without a token for the locks that a killed instance left behind: a stop must not wait with it.
            await Task.Run(() => JobSchedule.Register(jobs), cancellationToken).WaitAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception) || exception is PostgreSqlDistributedLockException)
        {
            Log.Later(logger, exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The timetable could not be registered yet; trying again")]
        public static partial void Later(ILogger logger, Exception exception);
    }
}
