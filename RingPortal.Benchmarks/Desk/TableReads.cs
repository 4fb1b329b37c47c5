using Npgsql;

namespace RingPortal.Benchmarks.Desk;

/// <summary>How often large tables were read from one end to the other, as PostgreSQL has counted so far.</summary>
internal sealed class TableReads
{
    /// <summary>In words, when there was none.</summary>
    public const string None = "-";

    /// <summary>A session that has nothing to do tells what it counted after ten seconds at the latest.</summary>
    public static readonly TimeSpan Told = TimeSpan.FromSeconds(10.5);

    private const string Sql =
        """
        SELECT CASE WHEN counted.schemaname = 'public' THEN '' ELSE counted.schemaname || '.' END || counted.relname, counted.seq_scan, counted.seq_tup_read
        FROM pg_stat_user_tables AS counted JOIN pg_class ON pg_class.oid = counted.relid WHERE pg_class.reltuples >= $1
        """;

    private readonly Dictionary<string, (long Reads, long Rows)> _tables = [];

    private TableReads()
    {
    }

    /// <param name="source">The database's own.</param>
    /// <param name="large">Rows from which on a table is large.</param>
    public static async Task<TableReads> TakeAsync(NpgsqlDataSource source, int large)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = large });
        var taken = new TableReads();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            taken._tables[reader.GetString(0)] = (reader.GetInt64(1), reader.GetInt64(2));
        }

        return taken;
    }

    /// <summary>Does something, waits until all of it is told, and answers with the reads meanwhile, in words.</summary>
    public static async Task<string> WhileAsync(NpgsqlDataSource source, int large, Func<Task> doAsync)
    {
        var before = await TakeAsync(source, large);
        await doAsync();
        await Task.Delay(Told);
        return (await TakeAsync(source, large)).Since(before);
    }

    /// <summary>What came since then, in words.</summary>
    public string Since(TableReads before) =>
        string.Join(", ", _tables.OrderBy(table => table.Key, StringComparer.Ordinal)
            .Select(table => (Name: table.Key, Before: before._tables.GetValueOrDefault(table.Key), Now: table.Value))
            .Where(table => table.Now.Reads > table.Before.Reads)
            .Select(table => FormattableString.Invariant($"`{table.Name}` {table.Now.Reads - table.Before.Reads:N0} times, {table.Now.Rows - table.Before.Rows:N0} rows")))
        is { Length: > 0 } words ? words : None;
}
