using Npgsql;

namespace RingPortal.Web.Hosting;

/// <summary>Short forms for statements that return one column or a list of records.</summary>
internal static class NpgsqlReading
{
    public static async Task<IReadOnlyList<T>> ReadColumnAsync<T>(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var values = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            values.Add(await reader.GetFieldValueAsync<T>(0, cancellationToken));
        }

        return values;
    }

    /// <summary>All rows, each read by <paramref name="row"/>.</summary>
    public static async Task<IReadOnlyList<T>> ReadRowsAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> row, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    /// <summary>A column that may be empty.</summary>
    public static T? ValueOrNull<T>(this NpgsqlDataReader reader, int column)
        where T : struct => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    /// <inheritdoc cref="ValueOrNull{T}" />
    public static string? TextOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
