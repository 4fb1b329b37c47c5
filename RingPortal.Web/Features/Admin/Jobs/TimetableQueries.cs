using System.Text.Json;
using Hangfire.Storage;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>The timetable with its last runs, the instances that work, and how kinds of job fare.</summary>
internal sealed class TimetableQueries(PortalDataSources sources, TimeProvider clock)
{
    /// <summary>Runs shown of each entry.</summary>
    public const int Runs = 20;

    /// <summary>Jobs that the figures by kind are told from: the last that ended.</summary>
    public const int Told = 2_000;

    /// <summary>The statement of the last runs, for its plan's test too.</summary>
    public const string RunsSql =
        """
        SELECT entry.name, job.id, job.statename, EXISTS (SELECT 1 FROM hangfire.set WHERE set.key = 'retries' AND set.value = job.id::text), job.createdat, state.data
        FROM unnest(@names) AS entry(name) CROSS JOIN LATERAL (
            SELECT jobid FROM hangfire.jobparameter WHERE name = 'RecurringJobId' AND value = '"' || entry.name || '"' ORDER BY jobid DESC LIMIT @runs) AS run
        JOIN hangfire.job ON job.id = run.jobid LEFT JOIN hangfire.state ON state.id = job.stateid
        WHERE job.statename IS NOT NULL ORDER BY job.id
        """;

    /// <summary>The statement of the figures by kind, for its plan's test too.</summary>
    public const string FiguresSql =
        """
        SELECT job.invocationdata->>'Type', count(*) FILTER (WHERE job.statename = 'Succeeded'), count(*) FILTER (WHERE job.statename = 'Failed'),
            count(*) FILTER (WHERE job.statename = 'Scheduled'),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY (state.data->>'PerformanceDuration')::float8), max((state.data->>'PerformanceDuration')::float8)
        FROM unnest(ARRAY['Succeeded', 'Failed', 'Scheduled']) AS wanted(name) CROSS JOIN LATERAL (
            SELECT * FROM hangfire.job WHERE job.statename = wanted.name ORDER BY job.id DESC LIMIT @told) AS job
        -- OFFSET keeps it a look by key for each: the planner would rather read all states there are.
        LEFT JOIN LATERAL (SELECT data FROM hangfire.state WHERE id = job.stateid OFFSET 0) AS state ON true
        WHERE job.statename <> 'Scheduled' OR EXISTS (SELECT 1 FROM hangfire.set WHERE set.key = 'retries' AND set.value = job.id::text)
        GROUP BY 1 ORDER BY 1
        """;

    /// <summary>The timetable.</summary>
    public async Task<IReadOnlyList<RecurringRow>> TimetableAsync(CancellationToken cancellationToken)
    {
        var fields = await FieldsAsync(cancellationToken);
        var runs = await RunsAsync([.. fields.Keys], cancellationToken);
        return [.. fields.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new RecurringRow(
            entry.Key, TypeOf(entry.Value.GetValueOrDefault("Job")), entry.Value.GetValueOrDefault("Cron") ?? "", JobReading.Time(entry.Value, "NextExecution"),
            entry.Value.GetValueOrDefault("Error") is { Length: > 0 } error ? error.Split('\n')[0] : null, [.. runs[entry.Key]]))];
    }

    /// <summary>How each kind of job fared among the last <see cref="Told"/> that succeeded, stopped or come again.</summary>
    public async Task<IReadOnlyList<JobTypeFigures>> FiguresAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(FiguresSql);
        command.Parameters.AddWithValue("told", Told);
        return await command.ReadRowsAsync(
            row => new JobTypeFigures(JobTypes.ShortOf(row.TextOrNull(0)), (int)row.GetInt64(1), (int)row.GetInt64(2), (int)row.GetInt64(3), Span(row.ValueOrNull<double>(4)), Span(row.ValueOrNull<double>(5))),
            cancellationToken);
    }

    /// <summary>What runs where.</summary>
    public async Task<IReadOnlyList<WorkerRow>> WorkersAsync(CancellationToken cancellationToken)
    {
        await using var running = sources.Web.CreateCommand(
            """
            SELECT state.data->>'ServerId', job.id, job.invocationdata->>'Type' FROM hangfire.job JOIN hangfire.state ON state.id = job.stateid
            WHERE job.statename = 'Processing' ORDER BY job.id LIMIT 200
            """);
        var jobs = (await running.ReadRowsAsync(row => (Server: row.TextOrNull(0), Job: new WorkerJob(row.GetInt64(1), JobTypes.ShortOf(row.TextOrNull(2)))), cancellationToken))
            .ToLookup(entry => entry.Server, entry => entry.Job);
        await using var servers = sources.Web.CreateCommand("SELECT id, data, lastheartbeat FROM hangfire.server ORDER BY id");
        return await servers.ReadRowsAsync(
            row =>
            {
                using var data = JsonDocument.Parse(row.GetString(1));
                var workers = data.RootElement.TryGetProperty("WorkerCount", out var count) ? count.GetInt32() : 0;
                var started = data.RootElement.TryGetProperty("StartedAt", out var at) && at.TryGetDateTimeOffset(out var time) ? time : (DateTimeOffset?)null;
                return new WorkerRow(JobReading.Instance(row.GetString(0))!, workers, started, row.GetFieldValue<DateTimeOffset>(2), [.. jobs[row.GetString(0)]]);
            },
            cancellationToken);
    }

    private async Task<Dictionary<string, Dictionary<string, string>>> FieldsAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(
            """
            SELECT entry.value, hash.field, hash.value FROM hangfire.set AS entry JOIN hangfire.hash ON hash.key = 'recurring-job:' || entry.value
            WHERE entry.key = 'recurring-jobs' AND hash.value IS NOT NULL
            """);
        var rows = await command.ReadRowsAsync(row => (Id: row.GetString(0), Field: row.GetString(1), Value: row.GetString(2)), cancellationToken);
        return rows.GroupBy(row => row.Id, StringComparer.Ordinal)
            .ToDictionary(entry => entry.Key, entry => entry.ToDictionary(row => row.Field, row => row.Value, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private async Task<ILookup<string, RecurringRun>> RunsAsync(string[] names, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(RunsSql);
        command.Parameters.AddWithValue("names", names);
        command.Parameters.AddWithValue("runs", Runs);
        var now = clock.GetUtcNow();
        var rows = await command.ReadRowsAsync(
            row =>
            {
                var (state, at) = (row.GetString(2), row.GetFieldValue<DateTimeOffset>(4));
                return (Name: row.GetString(0), Run: new RecurringRun(row.GetInt64(1), state, row.GetBoolean(3), at, JobReading.Duration(state, JobReading.Data(row.TextOrNull(5)), at, now)));
            },
            cancellationToken);
        return rows.ToLookup(row => row.Name, row => row.Run, StringComparer.Ordinal);
    }

    private static string TypeOf(string? invocation) =>
        invocation is null ? "-" : JobTypes.ShortOf(InvocationData.DeserializePayload(invocation).Type);

    private static TimeSpan? Span(double? milliseconds) => milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null;
}
