using Npgsql;
using NpgsqlTypes;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin.Minutes;

/// <summary>Adds what this instance counted to the table, every 15 seconds in one statement; the rows of a minute are the same all along.</summary>
internal sealed partial class MinuteWriter(
    MinuteCollector collector, MinuteListener listener, InstanceName instance, PortalDataSources sources, PortalReadiness readiness, TimeProvider clock, ILogger<MinuteWriter> logger) : BackgroundService
{
    private const string Sql =
        """
        INSERT INTO minute_figures AS old (minute, instance, name, tag, count, sum, buckets)
        SELECT minute, @instance, name, tag, count, sum, nullif(buckets, '')::bigint[]
        FROM unnest(@minutes, @names, @tags, @counts, @sums, @buckets) AS new (minute, name, tag, count, sum, buckets)
        ON CONFLICT (minute, instance, name, tag) DO UPDATE SET
            count = old.count + excluded.count,
            sum = CASE WHEN excluded.count = 0 THEN greatest(old.sum, excluded.sum) ELSE old.sum + excluded.sum END,
            buckets = CASE WHEN excluded.buckets IS NULL THEN old.buckets WHEN old.buckets IS NULL THEN excluded.buckets
                ELSE (SELECT array_agg(a + b ORDER BY place) FROM unnest(old.buckets, excluded.buckets) WITH ORDINALITY AS pair (a, b, place)) END
        """;

    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(15);

    /// <summary>Writes what was counted so far.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        listener.Look();
        collector.Reach(FigureNames.DiskFree, "data", -instance.FreeBytes());
        var cells = collector.Take();
        if (cells.Count == 0)
        {
            return;
        }

        try
        {
            await using var command = Command(cells);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            collector.GiveBack(cells);
            Log.Later(logger, cells.Count, exception);
        }
        catch (OperationCanceledException)
        {
            collector.GiveBack(cells);
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (readiness.Problem is null)
            {
                await WriteAsync(stoppingToken);
            }
        }
    }

    private NpgsqlCommand Command(IReadOnlyDictionary<FigureKey, FigureCell> cells)
    {
        var command = sources.Jobs.CreateCommand(Sql);
        command.Parameters.AddWithValue("instance", instance.Value);
        command.Parameters.AddWithValue("minutes", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, cells.Keys.Select(key => key.Minute).ToArray());
        command.Parameters.AddWithValue("names", cells.Keys.Select(key => key.Name).ToArray());
        command.Parameters.AddWithValue("tags", cells.Keys.Select(key => key.Tag).ToArray());
        command.Parameters.AddWithValue("counts", cells.Values.Select(cell => cell.Count).ToArray());
        command.Parameters.AddWithValue("sums", cells.Values.Select(cell => cell.Sum).ToArray());
        // PostgreSQL has no arrays of arrays of different length.
        command.Parameters.AddWithValue("buckets", cells.Values.Select(cell => cell.Buckets is null ? "" : $"{{{string.Join(',', cell.Buckets)}}}").ToArray());
        return command;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Count} figures could not be written yet")]
        public static partial void Later(ILogger logger, int count, Exception exception);
    }
}
