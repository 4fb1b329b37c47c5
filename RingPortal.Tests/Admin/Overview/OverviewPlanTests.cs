using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Features.Admin.Overview;

namespace RingPortal.Tests.Admin.Overview;

/// <summary>Plans of what open pages and the job ask again and again, on at least 60,000 rows after ANALYZE.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class OverviewPlanTests(OverviewPlanTests.Rows rows) : IClassFixture<OverviewPlanTests.Rows>
{
    [Fact]
    public async Task The_Top_Of_The_Overview_Is_Found_By_Indexes() => await AssertNoScanAsync(OverviewQueries.NowSql);

    [Fact]
    public async Task An_Hour_Of_Figures_Is_Found_By_Its_Time()
    {
        await AssertNoScanAsync(Flow(OverviewQueries.CountSql, "2 minutes", "1 hour"));
        await AssertNoScanAsync(Flow(OverviewQueries.AnswerSql, "2 minutes", "1 hour"));
    }

    [Fact]
    public async Task What_Alarms_Are_Judged_By_Is_Found_By_Indexes() => await AssertNoScanAsync(AlarmReadings.Sql
        .Replace("@hour", "now() - interval '1 hour'", StringComparison.Ordinal).Replace("@day", "now() - interval '1 day'", StringComparison.Ordinal)
        .Replace("@ten", "now() - interval '10 minutes'", StringComparison.Ordinal).Replace("@five", "now() - interval '5 minutes'", StringComparison.Ordinal));

    [Fact]
    public async Task Open_And_Due_Alarms_Are_Found_By_Their_Indexes()
    {
        await AssertNoScanAsync("SELECT * FROM alarms WHERE resolved_at IS NULL ORDER BY raised_at LIMIT 500");
        await AssertNoScanAsync("SELECT * FROM alarms WHERE next_message_at <= now() ORDER BY next_message_at LIMIT 100");
        await AssertNoScanAsync("SELECT * FROM alarms WHERE resolved_at IS NOT NULL AND key NOT LIKE 'link.reauth.%' ORDER BY resolved_at DESC LIMIT 51");
    }

    private static string Flow(string sql, string step, string back) => sql
        .Replace("@step", $"interval '{step}'", StringComparison.Ordinal).Replace("@from", $"now() - interval '{back}'", StringComparison.Ordinal)
        .Replace("@to", "now()", StringComparison.Ordinal).Replace("@names", "ARRAY['webhook.answer']", StringComparison.Ordinal);

    // The server's own views have no indexes.
    private async Task AssertNoScanAsync(string sql) => Assert.DoesNotContain(
        (await rows.PlanAsync(sql)).Split('\n'),
        line => line.Contains("Seq Scan on", StringComparison.Ordinal) && !line.Contains("Seq Scan on pg_", StringComparison.Ordinal));

    /// <summary>What the plans are made for.</summary>
    public sealed class Rows : FilledDatabase
    {
        protected override string Statements =>
            """
            INSERT INTO users (id, email, normalized_email, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at)
            VALUES ('00000000-0000-7000-8000-000000000001', 'a@b.example', 'A@B.EXAMPLE', 'a@b.example', 'A@B.EXAMPLE', true, false, false, true, 0, now());
            INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
            SELECT gen_random_uuid(), CASE WHEN n % 500 = 0 THEN 'REAUTH_REQUIRED' ELSE 'ACTIVE' END, sha256(n::text::bytea), 'ava1.ring.account.' || n, '00000000-0000-7000-8000-000000000001', 'x', now(), now(), now() - n * interval '1 minute', 0, false, 0
            FROM generate_series(1, 60000) n;
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts, next_attempt_at)
            SELECT gen_random_uuid(), 'request-' || n, '', '{}', now(), CASE n % 100 WHEN 0 THEN 'Due' WHEN 1 THEN 'Dead' ELSE 'Done' END, 0, CASE WHEN n % 100 = 0 THEN now() END FROM generate_series(1, 60000) n;
            INSERT INTO live_sessions (id, device_id, ring_token_id, user_id, ring_path, started_at, ended_at, closed_at, attempts)
            SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '/', now(), now(), CASE WHEN n % 1000 > 0 THEN now() END, 0 FROM generate_series(1, 60000) n;
            INSERT INTO minute_figures (minute, instance, name, tag, count, sum, buckets)
            SELECT date_trunc('minute', now()) - n / 40 * interval '1 minute', 'x', CASE WHEN n % 40 = 0 THEN 'webhook.answer' ELSE 'name-' || n % 40 END, '', 1, 0, CASE WHEN n % 40 = 0 THEN array_fill(1::bigint, ARRAY[31]) END
            FROM generate_series(1, 400000) n;
            INSERT INTO alarms (id, key, text, raised_at, last_at, count, resolved_at)
            SELECT gen_random_uuid(), 'key-' || n % 50, 't', at, at, 1, at FROM (SELECT n, now() - n * interval '3 minutes' AS at FROM generate_series(1, 60000) n) AS times;
            ANALYZE;
            """;
    }
}
