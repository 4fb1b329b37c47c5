using Npgsql;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Features.Admin.Minutes;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin.Overview;

/// <summary>
/// What the overview shows. All pages that are open on an instance share one reading: two seconds for what is now, fifteen for
/// the last hour, a minute for the last day. Nothing is read while no page is open.
/// </summary>
internal sealed class OverviewQueries
{
    /// <summary>Beyond that nobody wants to know how many exactly.</summary>
    public const int MostCounted = 10_000;

    internal const string NowSql =
        """
        SELECT
            (SELECT count(*) FROM (SELECT 1 FROM webhook_inbox WHERE state = 'Due' LIMIT 10001) AS due),
            (SELECT next_attempt_at FROM webhook_inbox WHERE state = 'Due' ORDER BY next_attempt_at LIMIT 1),
            (SELECT count(*) FROM (SELECT 1 FROM webhook_inbox WHERE state = 'Dead' LIMIT 10001) AS dead),
            (SELECT count(*) FROM (SELECT 1 FROM live_sessions WHERE closed_at IS NULL LIMIT 10001) AS live)
        """;

    internal const string CountSql =
        """
        SELECT date_bin(@step, minute, @from), name, tag, sum(count)::bigint FROM minute_figures
        WHERE minute >= @from AND minute < @to AND name = ANY(@names) GROUP BY 1, 2, 3
        """;

    internal const string AnswerSql =
        """
        SELECT date_bin(@step, minute, @from), place::int, sum(part)::bigint
        FROM minute_figures, unnest(buckets) WITH ORDINALITY AS bucket (part, place)
        WHERE minute >= @from AND minute < @to AND name = ANY(@names) AND part > 0 GROUP BY 1, 2
        """;

    private static readonly string[] s_counts =
        [FigureNames.RingRequests, FigureNames.Refreshes, FigureNames.Links, FigureNames.Codes, FigureNames.Webhooks, FigureNames.WebhookTypes];

    private static readonly string[] s_answers = [FigureNames.WebhookAnswers];

    private readonly PortalDataSources _sources;
    private readonly AlarmQueries _alarms;
    private readonly TimeProvider _clock;
    private readonly SharedReading<OverviewNow> _now;
    private readonly SharedReading<OverviewFlow> _hour;
    private readonly SharedReading<OverviewFlow> _day;

    public OverviewQueries(PortalDataSources sources, AlarmQueries alarms, TimeProvider clock)
    {
        (_sources, _alarms, _clock) = (sources, alarms, clock);
        _now = new(TimeSpan.FromSeconds(1.9), clock, ReadNowAsync);
        _hour = new(TimeSpan.FromSeconds(15), clock, token => ReadFlowAsync(TimeSpan.FromMinutes(2), 30, token));
        _day = new(TimeSpan.FromMinutes(1), clock, token => ReadFlowAsync(TimeSpan.FromMinutes(30), 48, token));
    }

    /// <summary>What is now.</summary>
    public Task<OverviewNow> NowAsync(CancellationToken cancellationToken) => _now.GetAsync(cancellationToken);

    /// <summary>What flowed.</summary>
    public Task<OverviewFlow> FlowAsync(OverviewRange range, CancellationToken cancellationToken) =>
        (range is OverviewRange.Day ? _day : _hour).GetAsync(cancellationToken);

    /// <summary>An alarm was changed by an operator: they want to see it.</summary>
    public void Forget() => _now.Forget();

    private async Task<OverviewNow> ReadNowAsync(CancellationToken cancellationToken)
    {
        var open = await _alarms.OpenAsync(cancellationToken);
        var last = open.Count > 0 ? null : await _alarms.LastAsync(cancellationToken);
        await using var command = _sources.Web.CreateCommand(NowSql);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new OverviewNow(open, last, row.GetInt64(0), await row.OrNullAsync<DateTimeOffset>(1, cancellationToken), row.GetInt64(2), row.GetInt64(3));
    }

    private async Task<OverviewFlow> ReadFlowAsync(TimeSpan step, int steps, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var end = now.AddTicks(step.Ticks - (now.Ticks % step.Ticks));
        var from = end - (steps * step);
        var counts = new Dictionary<(string, string), long[]>();
        await foreach (var row in RowsAsync(CountSql, from, end, step, s_counts, cancellationToken))
        {
            var key = (row.GetString(1), row.GetString(2));
            (counts.TryGetValue(key, out var values) ? values : counts[key] = new long[steps])[Index(row)] += row.GetInt64(3);
        }

        var answers = new long[]?[steps];
        await foreach (var row in RowsAsync(AnswerSql, from, end, step, s_answers, cancellationToken))
        {
            (answers[Index(row)] ??= new long[FigureBuckets.Count])[row.GetInt32(1) - 1] += row.GetInt64(2);
        }

        return new OverviewFlow([.. Enumerable.Range(0, steps).Select(index => from + (index * step))], counts, answers);

        int Index(NpgsqlDataReader row) => (int)((row.GetFieldValue<DateTimeOffset>(0) - from) / step);
    }

    private async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(
        string sql, DateTimeOffset from, DateTimeOffset end, TimeSpan step, string[] names, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = _sources.Web.CreateCommand(sql);
        command.Parameters.AddWithValue("from", from);
        command.Parameters.AddWithValue("to", end);
        command.Parameters.AddWithValue("step", step);
        command.Parameters.AddWithValue("names", names);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return reader;
        }
    }
}
