using Npgsql;

namespace RingPortal.Tests.Infrastructure;

/// <summary>Looks for texts in every column of every table of every schema of a database, in bytes as UTF-8.</summary>
internal static class DatabaseScan
{
    private const string Columns =
        """
        SELECT format('%I.%I', space.nspname, class.relname), quote_ident(attribute.attname), type.typname
        FROM pg_attribute AS attribute
        JOIN pg_class AS class ON class.oid = attribute.attrelid
        JOIN pg_namespace AS space ON space.oid = class.relnamespace
        JOIN pg_type AS type ON type.oid = attribute.atttypid
        WHERE class.relkind IN ('r', 'p', 'm') AND attribute.attnum > 0 AND NOT attribute.attisdropped
          AND space.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        ORDER BY 1, 2
        """;

    /// <summary>Where each text is found, as <c>schema.table.column: text</c>, with how many rows hold it.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> FindAsync(string connectionString, IReadOnlyCollection<string> texts)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var found = new Dictionary<string, long>();
        foreach (var table in (await ColumnsAsync(source)).GroupBy(column => column.Table))
        {
            var parts = table.Select(column =>
                $"SELECT '{table.Key}.{column.Name}: ' || canary, count(*) FROM {table.Key}, unnest(@texts) AS canary WHERE {Holds(column.Name, column.Type)} GROUP BY canary");
            await using var command = source.CreateCommand(string.Join(" UNION ALL ", parts));
            command.Parameters.AddWithValue("texts", texts.ToArray());
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                found.Add(reader.GetString(0), reader.GetInt64(1));
            }
        }

        return found;
    }

    private static string Holds(string column, string type) => type switch
    {
        "bytea" => $"position(convert_to(canary, 'UTF8') IN {column}) > 0",
        "_bytea" => $"EXISTS (SELECT FROM unnest({column}) AS part WHERE position(convert_to(canary, 'UTF8') IN part) > 0)",
        _ => $"strpos({column}::text, canary) > 0",
    };

    private static async Task<List<(string Table, string Name, string Type)>> ColumnsAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(Columns);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<(string, string, string)>();
        while (await reader.ReadAsync())
        {
            columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return columns;
    }
}
