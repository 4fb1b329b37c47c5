using System.Globalization;
using Npgsql;
using RingPortal.Migrations;

namespace RingPortal.Web.Hosting;

/// <summary>
/// Whether PostgreSQL allows as many connections as all instances may open, with some left for operators and backups. Too
/// few are no reason not to start: they hurt only when all pools are full.
/// </summary>
internal static class ConnectionSupply
{
    /// <summary>Connections that others need: migrations, backups, an operator who looks.</summary>
    public const int Spare = 10;

    private const string Sql =
        $"""
        SELECT current_setting('max_connections')::int,
            (SELECT count(*) FROM {PortalMigrator.HangfireSchema}.server WHERE lastheartbeat > now() - interval '1 minute' AND id NOT LIKE @own || '%')::int
        """;

    /// <summary>What is to be changed; null when there are enough.</summary>
    /// <param name="source">Any pool of the portal's.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public static async Task<string?> FindProblemAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.AddWithValue("own", string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName.ToLowerInvariant()}:{Environment.ProcessId}:"));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return Judge(reader.GetInt32(0), reader.GetInt32(1));
    }

    /// <inheritdoc cref="FindProblemAsync"/>
    /// <param name="allowed">PostgreSQL's <c>max_connections</c>.</param>
    /// <param name="others">Other instances that are at work.</param>
    internal static string? Judge(int allowed, int others)
    {
        var needed = ((others + 1) * PortalDataSources.MostConnections) + Spare;
        return needed <= allowed ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"PostgreSQL allows {allowed} connections; {others + 1} instances may open {needed - Spare}, and {Spare} should be left for others. Set max_connections to {needed} or more and restart PostgreSQL.");
    }
}
