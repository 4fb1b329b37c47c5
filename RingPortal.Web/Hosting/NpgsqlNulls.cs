using Npgsql;

namespace RingPortal.Web.Hosting;

/// <summary>Values that may be missing.</summary>
internal static class NpgsqlNulls
{
    public static async Task<T?> OrNullAsync<T>(this NpgsqlDataReader reader, int column, CancellationToken cancellationToken)
        where T : struct =>
        await reader.IsDBNullAsync(column, cancellationToken) ? null : await reader.GetFieldValueAsync<T>(column, cancellationToken);
}
