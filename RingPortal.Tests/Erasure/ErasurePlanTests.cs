using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Erasure.Steps;

namespace RingPortal.Tests.Erasure;

/// <summary>Plans on 60,000 deliveries after ANALYZE: an erasure reads those of its person and no others.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class ErasurePlanTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string User = "00000000-0000-7000-8000-000000000001";

    [Fact]
    public async Task No_Statement_Reads_The_Whole_Inbox()
    {
        await FillAsync();
        var slow = new List<string>();
        foreach (var sql in new[] { RingAccountsSql.ForgetByCameras, RingAccountsSql.ForgetByAccounts, RingAccountsSql.ForgetChunk, RingAccountsSql.Last[0] })
        {
            var plan = await PlanAsync(sql.Replace("@user", $"'{User}'", StringComparison.Ordinal).Replace("@asked", "now()", StringComparison.Ordinal).Replace("@most", "2000", StringComparison.Ordinal));
            if (plan.Contains("Seq Scan on webhook_inbox", StringComparison.Ordinal))
            {
                slow.Add(plan);
            }
        }

        Assert.True(slow.Count == 0, string.Join("\n\n", slow));
    }

    private async Task FillAsync()
    {
        await using var owner = NpgsqlDataSource.Create(database.MigratorConnectionString);
        const string Rows =
            $"""
            INSERT INTO users (id, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at) VALUES ('{User}', true, false, false, true, 0, now());
            INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
            SELECT gen_random_uuid(), 'REMOVED', sha256(n::text::bytea), 'ava1.ring.account.' || n, CASE WHEN n < 3 THEN '{User}'::uuid END, 'x', now(), now(), now(), 0, false, 0 FROM generate_series(1, 5000) n;
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, account_id, event_type, received_at, state, attempts)
            SELECT gen_random_uuid(), 'request-' || n, sha256(n::text::bytea), '{"{}"}', CASE WHEN n % 1000 > 0 THEN 'ava1.ring.account.' || (n % 5000) END, 'motion_detected', now() - n * interval '1 minute', 'Done', 0 FROM generate_series(1, 60000) n;
            ANALYZE;
            """;
        foreach (var statement in Rows.Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = owner.CreateCommand(statement);
            command.CommandTimeout = 120;
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task<string> PlanAsync(string sql)
    {
        await using var command = database.Source.CreateCommand("EXPLAIN " + sql);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
