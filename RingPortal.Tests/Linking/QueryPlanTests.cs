using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.Tokens.Intake;

namespace RingPortal.Tests.Linking;

/// <summary>Plans of the hot queries on at least 50,000 rows after ANALYZE: none reads a whole big table.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class QueryPlanTests(QueryPlanTests.Rows rows) : IClassFixture<QueryPlanTests.Rows>
{
    [Fact]
    public async Task Matching_Reads_Only_The_Index_Of_Unclaimed_Rows()
    {
        var plan = await rows.PlanAsync(PoolMatch.PoolSql);
        Assert.Contains("Index Only Scan", plan, StringComparison.Ordinal);
        Assert.Contains("ix_ring_tokens_unclaimed", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT count(*) FROM (SELECT DISTINCT source FROM webhook_inbox WHERE account_id = 'ava1.ring.account.10' AND event_type = 'device_added') x")]
    [InlineData("SELECT 1 FROM arrivals WHERE route = 'link' AND verdict = 'accepted' AND at > now() - interval '600 seconds'")]
    [InlineData("INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts) VALUES (gen_random_uuid(), 'request-5', '', '', now(), 'Due', 0) ON CONFLICT DO NOTHING")]
    [InlineData("SELECT id FROM ring_tokens WHERE user_id = '00000000-0000-7000-8000-000000000002'")]
    [InlineData("SELECT id FROM ring_tokens WHERE state IN ('CLAIMING','UNCERTAIN','CONFIRMED') AND next_attempt_at <= now()")]
    public async Task No_Hot_Query_Reads_A_Whole_Table(string sql) =>
        Assert.DoesNotContain("Seq Scan", await rows.PlanAsync(sql), StringComparison.Ordinal);

    [Fact]
    public async Task Due_Exchanges_Are_Found_By_Index()
    {
        var sql = DueExchanges.TakeSql.Replace("@now", "now()", StringComparison.Ordinal).Replace("@until", "now()", StringComparison.Ordinal)
            .Replace("@lease", "gen_random_uuid()", StringComparison.Ordinal).Replace("@count", "8", StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on ring_tokens", await rows.PlanAsync(sql), StringComparison.Ordinal);
    }

    /// <summary>What the plans are made for.</summary>
    public sealed class Rows : FilledDatabase
    {
        protected override string Statements =>
            """
            INSERT INTO users (id, email, normalized_email, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at)
            VALUES ('00000000-0000-7000-8000-000000000001', 'a@b.example', 'A@B.EXAMPLE', 'a@b.example', 'A@B.EXAMPLE', true, false, false, true, 0, now());
            INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, next_attempt_at, attempts, outcome_unknown, version)
            SELECT gen_random_uuid(), CASE WHEN n % 100 = 0 THEN 'UNCLAIMED' WHEN n % 100 = 1 THEN 'RECEIVED' ELSE 'ACTIVE' END, sha256(n::text::bytea), 'ava1.ring.account.' || n,
                   CASE WHEN n % 100 < 2 THEN NULL ELSE '00000000-0000-7000-8000-000000000001'::uuid END,
                   '192.0.' || n % 250 || '.0/24', now() - n * interval '1 second', now(), now(), CASE WHEN n % 100 = 1 THEN now() + (n % 7 - 5) * interval '1 minute' END, 0, false, 0
            FROM generate_series(1, 60000) n;
            INSERT INTO webhook_inbox (id, request_id, event_key, body_hash, body, account_id, event_type, source, received_at, state, attempts)
            SELECT gen_random_uuid(), 'request-' || n, md5(n::text), sha256(n::text::bytea), '{}', 'ava1.ring.account.' || n % 20000,
                   CASE WHEN n % 10 = 0 THEN 'device_added' ELSE 'motion_detected' END, 'ava1.ring.device.' || n, now(), CASE WHEN n % 100 = 0 THEN 'Due' ELSE 'Done' END, 0
            FROM generate_series(1, 60000) n;
            INSERT INTO arrivals (id, route, at, verdict, status, elapsed_milliseconds, source_network, host)
            SELECT gen_random_uuid(), CASE WHEN n % 2 = 0 THEN 'link' ELSE 'token' END, now() - n * interval '1 minute', 'accepted', 303, 1, 'x', 'y' FROM generate_series(1, 60000) n;
            ANALYZE;
            VACUUM ring_tokens;
            """;
    }
}
