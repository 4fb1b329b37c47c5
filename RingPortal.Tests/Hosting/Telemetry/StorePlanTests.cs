using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting.Telemetry;

namespace RingPortal.Tests.Hosting.Telemetry;

/// <summary>What the gauges ask of the store every quarter of a minute, on 60,000 rows: none of it reads a big table.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class StorePlanTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_Gauges_Read_No_Big_Table_As_A_Whole()
    {
        await using var owner = NpgsqlDataSource.Create(database.MigratorConnectionString);
        const string Rows =
            """
            INSERT INTO users (id, email, normalized_email, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at)
            VALUES ('00000000-0000-7000-8000-000000000001', 'a@b.example', 'A@B.EXAMPLE', 'a@b.example', 'A@B.EXAMPLE', true, false, false, true, 0, now());
            INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
            SELECT gen_random_uuid(), CASE WHEN n % 500 = 0 THEN 'UNCLAIMED' ELSE 'ACTIVE' END, sha256(n::text::bytea), 'ava1.ring.account.' || n,
                   CASE WHEN n % 500 = 0 THEN NULL ELSE '00000000-0000-7000-8000-000000000001'::uuid END, '192.0.2.0/24', now(), now(), now(), 0, false, 0
            FROM generate_series(1, 60000) n;
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts)
            SELECT gen_random_uuid(), 'request-' || n, '', '', now(), 'Done', 1 FROM generate_series(1, 60000) n;
            ANALYZE
            """;
        // One transaction each: a long one holds up the sealing of audit trails in the whole cluster.
        foreach (var statement in Rows.Split(";\n"))
        {
            await ExecuteAsync(owner, statement);
        }

        var plan = await PlanAsync(owner, StoreReading.Sql.Replace("@now", "now()", StringComparison.Ordinal));

        Assert.DoesNotContain("Seq Scan on webhook_inbox", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on ring_tokens", plan, StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> PlanAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand("EXPLAIN " + sql);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
