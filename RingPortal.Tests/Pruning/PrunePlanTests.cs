using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Pruning;

namespace RingPortal.Tests.Pruning;

/// <summary>Plans of the chunks on 60,000 rows of each table after ANALYZE: none reads a whole table to find what is old.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class PrunePlanTests(PrunePlanTests.Rows rows) : IClassFixture<PrunePlanTests.Rows>
{
    [Fact]
    public async Task No_Chunk_Reads_A_Whole_Table()
    {
        var slow = new List<string>();
        foreach (var rule in PruneRule.All(new RetentionOptions()))
        {
            var plan = await rows.PlanAsync(rule.Sql.Replace("@before", $"now() - interval '{rule.Age.TotalDays} days'", StringComparison.Ordinal));
            if (plan.Contains($"Seq Scan on {rule.Table}", StringComparison.Ordinal) || plan.Contains("Seq Scan on devices", StringComparison.Ordinal))
            {
                slow.Add($"{rule.Table}:\n{plan}");
            }
        }

        Assert.True(slow.Count == 0, string.Join("\n\n", slow));
    }

    [Fact]
    public async Task The_Oldest_Seals_That_Are_Kept_Are_Found_By_Index() =>
        Assert.Contains(
            "ix_audit_seals_kept",
            await rows.PlanAsync("SELECT number FROM audit_seals WHERE sealed_at < now() - interval '365 days' AND pruned_at IS NULL ORDER BY number LIMIT 20"),
            StringComparison.Ordinal);

    /// <summary>What the plans are made for.</summary>
    public sealed class Rows : FilledDatabase
    {
        protected override string Statements =>
            """
            INSERT INTO users (id, email, normalized_email, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at)
            VALUES ('00000000-0000-7000-8000-000000000001', 'a@b.example', 'A@B.EXAMPLE', 'a@b.example', 'A@B.EXAMPLE', true, false, false, true, 0, now());
            INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
            SELECT gen_random_uuid(), CASE WHEN n % 10 = 0 THEN 'REMOVED' ELSE 'ACTIVE' END, sha256(n::text::bytea), 'ava1.ring.account.' || n, '00000000-0000-7000-8000-000000000001',
                   'x', now(), now(), now() - n * interval '2 minutes', 0, false, 0 FROM generate_series(1, 60000) n;
            INSERT INTO devices (id, ring_token_id, user_id, ring_device_id, name, refreshed_at, added_at)
            SELECT gen_random_uuid(), id, user_id, 'ava1.ring.device.' || id, 'Door', now(), now() FROM ring_tokens WHERE state = 'ACTIVE';
            INSERT INTO used_nonces (nonce_hash, user_id, ring_token_id, used_at, outcome, reference)
            SELECT sha256(id::text::bytea), user_id, id, state_changed_at, 'Linked', 'x' FROM ring_tokens;
            INSERT INTO device_events (id, device_id, user_id, kind, occurred_at, recorded_at, source_key)
            SELECT gen_random_uuid(), id, user_id, 'Motion', now() - random() * interval '70 days', now(), 'x' FROM devices;
            INSERT INTO snapshots (id, device_id, user_id, slot, outcome, origin, stored_at, keep_until)
            SELECT gen_random_uuid(), id, user_id, now(), 'Nothing', 'Unknown', now() - random() * interval '40 days', now() + (random() * 40 - 2) * interval '1 day' FROM devices;
            INSERT INTO event_gaps (id, device_id, from_at, to_at, cause, state, found, filled, attempts, listed_at)
            SELECT gen_random_uuid(), id, at, at, 'outage', 'Filled', 0, 0, 1, at FROM (SELECT id, now() - random() * interval '70 days' AS at FROM devices) AS times;
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts)
            SELECT gen_random_uuid(), 'request-' || n, sha256(n::text::bytea), '{}', now() - n * interval '1 minute', CASE WHEN n % 100 = 0 THEN 'Dead' ELSE 'Done' END, 0 FROM generate_series(1, 60000) n;
            INSERT INTO arrivals (id, route, at, verdict, status, elapsed_milliseconds, source_network, host)
            SELECT gen_random_uuid(), 'link', now() - n * interval '1 minute', 'accepted', 303, 1, 'x', 'y' FROM generate_series(1, 60000) n;
            INSERT INTO arrival_minutes (at, route, verdict, count) SELECT now() - n * interval '1 minute', 'link', 'accepted', 1 FROM generate_series(1, 60000) n;
            INSERT INTO outbox_emails (id, kind, created_at, sent_at, expires_at, next_attempt_at, attempts)
            SELECT gen_random_uuid(), 'x', at, at, at, at, 1 FROM (SELECT now() - n * interval '1 minute' AS at FROM generate_series(1, 60000) n) AS times;
            INSERT INTO live_sessions (id, device_id, ring_token_id, user_id, ring_path, started_at, ended_at, closed_at, attempts)
            SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '/', at, at, at, 1 FROM (SELECT now() - n * interval '1 minute' AS at FROM generate_series(1, 60000) n) AS times;
            INSERT INTO alarms (id, key, text, raised_at, last_at, count, resolved_at)
            SELECT gen_random_uuid(), 'k', 't', at, at, 1, at FROM (SELECT now() - n * interval '3 minutes' AS at FROM generate_series(1, 60000) n) AS times;
            INSERT INTO minute_figures (minute, instance, name, tag, count, sum)
            SELECT now() - n * interval '15 minutes', 'x', 'y', '', 1, 0 FROM generate_series(1, 60000) n;
            INSERT INTO inbox_bulks (id, verb, filter, asked_at, matched, handled, chunks, settled_at, done, stopped)
            SELECT gen_random_uuid(), 'Again', '{}', at, 1, 1, 1, at, 1, 0 FROM (SELECT now() - n * interval '3 minutes' AS at FROM generate_series(1, 60000) n) AS times;
            INSERT INTO ended_sessions (id, ended_at) SELECT gen_random_uuid(), now() - n * interval '3 minutes' FROM generate_series(1, 60000) n;
            INSERT INTO audit_checks (id, asked_at, done, total, seals, breaks)
            SELECT gen_random_uuid(), now() - n * interval '3 minutes', 1, 1, 1, 0 FROM generate_series(1, 60000) n;
            INSERT INTO teardowns (id, kind, cause, ring_token_id, occurred_at, requested_at, completed_at, attempts)
            SELECT gen_random_uuid(), 'Device', 'Webhook', gen_random_uuid(), at, at, at, 1 FROM (SELECT now() - n * interval '10 minutes' AS at FROM generate_series(1, 60000) n) AS times;
            INSERT INTO erasures (id, stage, requested_at, told_links, completed_at, attempts)
            SELECT gen_random_uuid(), 'Done', at, '{}', at, 1 FROM (SELECT now() - n * interval '10 minutes' AS at FROM generate_series(1, 60000) n) AS times;
            INSERT INTO disconnected_accounts (account_hash, disconnected_at) SELECT sha256(n::text::bytea), now() - n * interval '10 minutes' FROM generate_series(1, 60000) n;
            INSERT INTO audit_seals (number, sealed_at, settled_before, started_before, record_ids, record_marks, digest, previous_mac, mac, key_id, pruned_at)
            SELECT n, now() - (60000 - n) * interval '15 minutes', n, n, ARRAY[n], '', '', '', '', '', CASE WHEN n < 20000 THEN now() END FROM generate_series(1, 60000) n;
            ANALYZE;
            """;
    }
}
