using Npgsql;

namespace RingPortal.Migrations;

/// <summary>What the portal's own role may do: read and write rows, never change the schema; audit rows it can only add.</summary>
internal static class AppRoleGrants
{
    public static async Task ApplyAsync(NpgsqlConnection connection, string role, string hangfireSchema, CancellationToken cancellationToken)
    {
        var name = new NpgsqlCommandBuilder().QuoteIdentifier(role);
        foreach (var schema in new[] { "public", hangfireSchema })
        {
            await ExecuteAsync(
                connection,
                $"""
                GRANT USAGE ON SCHEMA {schema} TO {name};
                GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {name};
                GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA {schema} TO {name};
                """,
                cancellationToken);
        }

        await ExecuteAsync(
            connection,
            $"""
            REVOKE UPDATE, DELETE ON audit_records, audit_seals, archives FROM {name};
            REVOKE UPDATE ON SEQUENCE audit_records_id_seq FROM {name};
            GRANT EXECUTE ON FUNCTION prune_audit(timestamptz, integer) TO {name};
            """,
            cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
