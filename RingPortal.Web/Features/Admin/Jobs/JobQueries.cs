using Npgsql;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>
/// Jobs as they stand in Hangfire's storage, read by statements of our own: its monitoring API counts whole tables, pages by
/// offset and cannot search.
/// </summary>
internal sealed class JobQueries(PortalDataSources sources, JobSearch search, TimeProvider clock)
{
    /// <summary>Jobs of one page.</summary>
    public const int PageSize = 50;

    /// <summary>Beyond that nobody wants to know how many exactly.</summary>
    public const int MostCounted = 10_000;

    private const string Columns =
        """
        job.id, job.invocationdata->>'Type', job.invocationdata->>'Method', job.arguments->>0, job.statename, state.createdat, state.data,
            (SELECT value FROM hangfire.jobparameter WHERE jobid = job.id AND name = 'RetryCount'),
            EXISTS (SELECT 1 FROM hangfire.set WHERE set.key = 'retries' AND set.value = job.id::text),
            (SELECT past.data->>'ExceptionType' FROM hangfire.state past WHERE past.jobid = job.id AND past.name = 'Failed' ORDER BY past.id DESC LIMIT 1)
        """;

    /// <summary>The statement of the counts, for its plan's test too.</summary>
    public const string CountsSql =
        """
        SELECT name, (SELECT count(*) FROM (SELECT 1 FROM hangfire.job WHERE statename = name LIMIT 10001) AS bounded),
            (SELECT count(*) FROM (SELECT 1 FROM hangfire.set WHERE key = 'retries' LIMIT 10001) AS retries)
        FROM unnest(@states) AS names(name)
        """;

    /// <summary>How many jobs each tab holds, counted up to <see cref="MostCounted"/> + 1.</summary>
    public async Task<IReadOnlyDictionary<JobTab, int>> CountsAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(CountsSql);
        command.Parameters.AddWithValue("states", JobTabs.All.SelectMany(tab => tab.States()).Distinct().ToArray());
        var rows = await command.ReadRowsAsync(row => (State: row.GetString(0), Count: (int)row.GetInt64(1), Retries: (int)row.GetInt64(2)), cancellationToken);
        var (states, retries) = (rows.ToDictionary(row => row.State, row => row.Count), rows[0].Retries);
        var counts = JobTabs.All.Where(JobTabs.IsList).ToDictionary(tab => tab, tab => Math.Min(tab.States().Sum(state => states[state]), MostCounted + 1));
        counts[JobTab.Retrying] = retries;
        counts[JobTab.Waiting] = Math.Max(0, counts[JobTab.Waiting] - retries);
        return counts;
    }

    /// <summary>The statement of a page, for its plan's test too.</summary>
    public static string ListSql(JobMatch match) =>
        $"""
        SELECT {Columns} FROM unnest(@states) AS wanted(name) CROSS JOIN LATERAL (
            SELECT * FROM hangfire.job WHERE job.statename = wanted.name AND job.id < @before{match.Conditions} ORDER BY job.id DESC LIMIT @take) AS job
        LEFT JOIN hangfire.state ON state.id = job.stateid
        ORDER BY job.id DESC LIMIT @take
        """;

    /// <summary>One page of jobs.</summary>
    public async Task<JobList> ListAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        var match = await search.ResolveAsync(filter, cancellationToken);
        await using var command = sources.Web.CreateCommand(ListSql(match));
        match.Fill(command);
        command.Parameters.AddWithValue("before", filter.Before ?? long.MaxValue);
        command.Parameters.AddWithValue("take", PageSize + 1);
        var rows = await command.ReadRowsAsync(Row, cancellationToken);
        return new JobList([.. rows.Take(PageSize)], rows.Count > PageSize);
    }

    /// <summary>The statement that counts what matches, for its plan's test too.</summary>
    public static string MatchingSql(JobMatch match) =>
        $"SELECT count(*) FROM (SELECT job.id FROM hangfire.job WHERE job.statename = ANY(@states){match.Conditions} LIMIT @most) AS matching";

    /// <summary>How many jobs match, at most so many.</summary>
    public async Task<int> MatchingAsync(JobFilter filter, int most, CancellationToken cancellationToken)
    {
        var match = await search.ResolveAsync(filter, cancellationToken);
        await using var command = sources.Web.CreateCommand(MatchingSql(match));
        match.Fill(command);
        command.Parameters.AddWithValue("most", most);
        return (int)(await command.ReadColumnAsync<long>(cancellationToken))[0];
    }

    /// <summary>One job with its whole life; null when it is not kept any more.</summary>
    public async Task<JobDetail?> JobAsync(long id, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(
            $"""
            SELECT {Columns}, job.createdat, job.expireat, job.arguments::text,
                (SELECT value FROM hangfire.jobparameter WHERE jobid = job.id AND name = 'RecurringJobId')
            FROM hangfire.job LEFT JOIN hangfire.state ON state.id = job.stateid WHERE job.id = @id
            """);
        command.Parameters.AddWithValue("id", id);
        var found = await command.ReadRowsAsync(
            row => new JobDetail(Row(row), row.GetFieldValue<DateTimeOffset>(10), row.ValueOrNull<DateTimeOffset>(11), JobReading.Unquote(row.TextOrNull(13)), JobReading.Arguments(row.GetString(12)), []),
            cancellationToken);
        return found is [var job] ? job with { Moments = await MomentsAsync(id, cancellationToken) } : null;
    }

    private async Task<IReadOnlyList<JobMoment>> MomentsAsync(long id, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand("SELECT name, createdat, reason, data FROM hangfire.state WHERE jobid = @id ORDER BY id DESC LIMIT 200");
        command.Parameters.AddWithValue("id", id);
        var moments = await command.ReadRowsAsync(
            row => JobReading.Moment(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.TextOrNull(2), row.TextOrNull(3)), cancellationToken);
        return [.. moments.Reverse()];
    }

    private JobRow Row(NpgsqlDataReader row)
    {
        var (state, at, data) = (row.TextOrNull(4) ?? "", row.ValueOrNull<DateTimeOffset>(5), JobReading.Data(row.TextOrNull(6)));
        var tries = JobReading.Tries(state, row.TextOrNull(7));
        return new JobRow(
            row.GetInt64(0), JobTypes.ShortOf(row.TextOrNull(1)), row.TextOrNull(2) ?? "", JobReading.Unquote(row.TextOrNull(3)), state, row.GetBoolean(8), tries,
            JobReading.Duration(state, data, at, clock.GetUtcNow()), at, JobReading.Time(data, "EnqueueAt"), JobReading.ShortError(row.TextOrNull(9)));
    }
}
