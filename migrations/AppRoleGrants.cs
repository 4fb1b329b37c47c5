using Npgsql;

namespace RingPortal.Migrations;

/// <summary>What the portal's own role may do: read and write rows, never change the schema.</summary>
internal static class AppRoleGrants
{
    public static async Task ApplyAsync(NpgsqlConnection connection, string role, string hangfireSchema, CancellationToken cancellationToken)
    {
        var name = new NpgsqlCommandBuilder().QuoteIdentifier(role);
        foreach (var schema in new[] { "public", hangfireSchema })
        {
            await using var command = new NpgsqlCommand(
                $"""
                GRANT USAGE ON SCHEMA {schema} TO {name};
                GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {name};
                GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {name};
                """,
                connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
