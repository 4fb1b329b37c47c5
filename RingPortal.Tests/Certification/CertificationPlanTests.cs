using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Certification;
using RingPortal.Web.Features.Certification.Checks;
using RingPortal.Web.Features.Certification.Review;

namespace RingPortal.Tests.Certification;

/// <summary>Plans on 60,000 rows of each large table after ANALYZE: the page and its checks read a bounded part of them.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class CertificationPlanTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] s_large = ["ring_tokens", "webhook_inbox", "arrivals", "audit_records"];

    [Fact]
    public async Task No_Statement_Reads_A_Whole_Large_Table()
    {
        await FillAsync();
        var slow = new List<string>();
        foreach (var sql in new[] { LinkRecords.RecentSql, PoolCheck.PoolSql, KeyDoctorCheck.AcceptedSql, CertificationQueries.HostsSql, ReviewQueries.VisitsSql })
        {
            var plan = await PlanAsync(sql
                .Replace("@stuck", "now()", StringComparison.Ordinal).Replace("@since", "now() - interval '1 day'", StringComparison.Ordinal).Replace("@probe", "'x'", StringComparison.Ordinal)
                .Replace("{0}", "now() - interval '1 day'", StringComparison.Ordinal).Replace("{1}", "20", StringComparison.Ordinal));
            if (s_large.Any(table => plan.Contains($"Seq Scan on {table}", StringComparison.Ordinal)))
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
            """
            INSERT INTO ring_tokens (id, state, code_hash, account_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
            SELECT gen_random_uuid(), 'REMOVED', sha256(n::text::bytea), 'ava1.ring.account.' || n, 'x', now(), now(), now(), 0, false, 0 FROM generate_series(1, 60000) n;
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, account_id, event_type, received_at, state, attempts)
            SELECT gen_random_uuid(), 'request-' || n, sha256(n::text::bytea), '{}', 'ava1.ring.account.' || n, 'motion_detected', now() - n * interval '1 minute', 'Done', 0 FROM generate_series(1, 60000) n;
            INSERT INTO arrivals (id, route, at, verdict, status, elapsed_milliseconds, source_network, host)
            SELECT gen_random_uuid(), CASE WHEN n % 4 = 0 THEN 'link' ELSE 'config' END, now() - n * interval '1 minute', 'json', 200, 1, 'x', 'portal.example.com' FROM generate_series(1, 60000) n;
            INSERT INTO audit_records (at, action, actor, subject_id) SELECT now() - n * interval '1 minute', 'sign-in.succeeded', 'Person', gen_random_uuid() FROM generate_series(1, 60000) n;
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
