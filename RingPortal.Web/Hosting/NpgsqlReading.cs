using Npgsql;

namespace RingPortal.Web.Hosting;

/// <summary>Short forms for statements that return one column.</summary>
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
}
