using Npgsql;
using NpgsqlTypes;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin.Arrivals;

/// <summary>
/// "Did Ring call me at all, and what did we say?": what stands in <c>arrivals</c>, and with it the accepted deliveries, which
/// stand in the inbox alone (design 7).
/// </summary>
internal sealed class ArrivalQueries(PortalDataSources sources, TimeProvider clock)
{
    /// <summary>Calls of one page.</summary>
    public const int PageSize = 50;

    /// <summary>Beyond that nobody wants to know how many exactly.</summary>
    public const int MostCounted = 1_000;

    /// <summary>Verdicts that a stored delivery can have.</summary>
    private static readonly string[] s_stored = ["accepted", "quarantined"];

    /// <summary>One page of calls.</summary>
    public async Task<ArrivalList> ListAsync(ArrivalFilter filter, CancellationToken cancellationToken)
    {
        await using var command = Command(ListSql(filter), filter);
        command.Parameters.AddWithValue("take", PageSize + 1);
        var rows = await command.ReadRowsAsync(Row, cancellationToken);
        return new ArrivalList([.. rows.Take(PageSize)], rows.Count > PageSize);
    }

    /// <summary>How many calls that fit came after this one, at most <see cref="MostCounted"/>.</summary>
    public async Task<int> CountNewerAsync(ArrivalFilter filter, ArrivalPlace? top, CancellationToken cancellationToken)
    {
        var place = top ?? new ArrivalPlace(DateTimeOffset.UnixEpoch, Guid.Empty);
        await using var command = Command(NewerSql(filter), filter with { Before = null });
        command.Parameters.AddWithValue("top_at", place.At);
        command.Parameters.AddWithValue("top_id", place.Id);
        command.Parameters.AddWithValue("take", MostCounted);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Calls per minute and address in the last hour, of this verdict and address where one is chosen.</summary>
    public async Task<IReadOnlyList<ArrivalCount>> MinutesAsync(ArrivalFilter filter, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(
            """
            SELECT at, route, sum(count)::bigint FROM arrival_minutes
            WHERE at > @since AND (@route IS NULL OR route = @route) AND (@verdict IS NULL OR verdict = @verdict)
            GROUP BY at, route ORDER BY at, route
            """);
        command.Parameters.AddWithValue("since", clock.GetUtcNow().AddHours(-1));
        Choice(command, filter);
        return await command.ReadRowsAsync(row => new ArrivalCount(row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.GetInt64(2)), cancellationToken);
    }

    /// <summary>When the last call came, whatever it was (UTC); null when there was none that is still known.</summary>
    public async Task<DateTimeOffset?> LastAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand("SELECT greatest((SELECT max(at) FROM arrivals), (SELECT max(received_at) FROM webhook_inbox))");
        var rows = await command.ReadRowsAsync(row => row.ValueOrNull<DateTimeOffset>(0), cancellationToken);
        return rows[0];
    }

    /// <summary>The statement of a page, for its plan's test too.</summary>
    public static string ListSql(ArrivalFilter filter) =>
        $"SELECT * FROM ({Both(filter, isNewer: false)}) AS calls ORDER BY at DESC, id DESC LIMIT @take";

    /// <summary>The statement that counts what is newer.</summary>
    public static string NewerSql(ArrivalFilter filter) =>
        $"SELECT count(*) FROM (SELECT 1 FROM ({Both(filter with { Before = null }, isNewer: true)}) AS calls LIMIT @take) AS newest";

    private static string Both(ArrivalFilter filter, bool isNewer) => string.Join(" UNION ALL ", Halves(filter, isNewer).Select(half => $"({half} LIMIT @take)"));

    private static IEnumerable<string> Halves(ArrivalFilter filter, bool isNewer)
    {
        string[] verdict = filter.Verdict is null ? [] : ["verdict = @verdict"];
        string[] route = filter.Route is null ? [] : ["route = @route"];
        yield return $"SELECT id, route, at, verdict, reason, status, elapsed_milliseconds, source_network, false AS stored FROM arrivals{Where([.. route, .. verdict, .. Times(filter, isNewer, "at")])} ORDER BY at DESC, id DESC";
        if (filter.Route is null or "webhook" && (filter.Verdict is null || s_stored.Contains(filter.Verdict)))
        {
            string[] state = filter.Verdict switch { "quarantined" => ["state = 'Quarantined'"], "accepted" => ["state <> 'Quarantined'"], _ => [] };
            yield return $"SELECT id, 'webhook', received_at, CASE WHEN state = 'Quarantined' THEN 'quarantined' ELSE 'accepted' END, reason, 200, NULL, NULL, true FROM webhook_inbox{Where([.. state, .. Times(filter, isNewer, "received_at")])} ORDER BY received_at DESC, id DESC";
        }
    }

    private static IEnumerable<string> Times(ArrivalFilter filter, bool isNewer, string column)
    {
        if (isNewer)
        {
            yield return $"({column}, id) > (@top_at, @top_id)";
        }

        if (filter.From is not null)
        {
            yield return $"{column} >= @from";
        }

        if (filter.To is not null)
        {
            yield return $"{column} < @to";
        }

        if (filter.Before is not null)
        {
            yield return $"({column}, id) < (@before_at, @before_id)";
        }
    }

    private static string Where(string[] conditions) => conditions.Length == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";

    private NpgsqlCommand Command(string sql, ArrivalFilter filter)
    {
        var command = sources.Web.CreateCommand(sql);
        Choice(command, filter);
        command.Parameters.Add(new NpgsqlParameter("from", NpgsqlDbType.TimestampTz) { Value = (object?)filter.From ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("to", NpgsqlDbType.TimestampTz) { Value = (object?)filter.To ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("before_at", NpgsqlDbType.TimestampTz) { Value = (object?)filter.Before?.At ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("before_id", NpgsqlDbType.Uuid) { Value = (object?)filter.Before?.Id ?? DBNull.Value });
        return command;
    }

    private static void Choice(NpgsqlCommand command, ArrivalFilter filter)
    {
        command.Parameters.Add(new NpgsqlParameter("route", NpgsqlDbType.Text) { Value = (object?)filter.Route ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("verdict", NpgsqlDbType.Text) { Value = (object?)filter.Verdict ?? DBNull.Value });
    }

    private static ArrivalRow Row(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), row.TextOrNull(4), row.GetInt32(5), row.ValueOrNull<double>(6), row.TextOrNull(7), row.GetBoolean(8));
}
