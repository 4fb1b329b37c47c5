using Npgsql;

namespace RingPortal.Migrations;

/// <summary>
/// Indexes beside Hangfire's own, for the operators' pages: jobs of a state in their order, of a type, about an id, and the runs
/// of a recurring job. Hangfire neither needs nor minds them.
/// </summary>
internal static class HangfireIndexes
{
    private static readonly (string Name, string On)[] s_indexes =
    [
        ("ix_portal_job_state", "job (statename, id)"),
        ("ix_portal_job_type", "job ((invocationdata->>'Type'), id)"),
        ("ix_portal_job_subject", "job ((arguments->>0))"),
        ("ix_portal_jobparameter_recurring", "jobparameter (value, jobid) WHERE name = 'RecurringJobId'"),
    ];

    public static async Task ApplyAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        foreach (var (name, on) in s_indexes)
        {
            // Asked first: even an index that is there already would lock its table for a moment.
            await using var known = new NpgsqlCommand("SELECT to_regclass(@name) IS NOT NULL", connection);
            known.Parameters.AddWithValue("name", $"{schema}.{name}");
            if (await known.ExecuteScalarAsync(cancellationToken) is false)
            {
                await using var create = new NpgsqlCommand($"CREATE INDEX {name} ON {schema}.{on}", connection) { CommandTimeout = 0 };
                await create.ExecuteNonQueryAsync(cancellationToken);
            }
        }
    }
}
