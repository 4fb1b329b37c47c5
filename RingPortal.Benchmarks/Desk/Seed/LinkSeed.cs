using System.Globalization;

namespace RingPortal.Benchmarks.Desk.Seed;

/// <summary>
/// People and their links in all states, the newest in the pool, with cameras. Nothing of it is due: the portal has no work
/// with it, and no alarm comes from it. Their tokens open nothing.
/// </summary>
internal static class LinkSeed
{
    /// <summary>Of the links' whole time.</summary>
    private static readonly TimeSpan s_span = TimeSpan.FromDays(300);

    /// <summary>States in which a link has an owner and cameras.</summary>
    public const string Living = "('CONFIRMED', 'ACTIVE', 'REAUTH_REQUIRED')";

    /// <summary>The number of the link that a row tells of.</summary>
    public const string Number = "split_part(account_id, '.', 4)::int";

    public static IEnumerable<string> Statements(DeskRows rows)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO users (id, email, normalized_email, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at, time_zone, security_stamp, concurrency_stamp)
            SELECT {SeedSql.Person("n")}, email, upper(email), email, upper(email), true, false, false, true, 0, now() - n * {SeedSql.Step(s_span, rows.Links)}, 'Europe/Berlin', md5(email), md5(email)
            FROM generate_series(1, {rows.Links}) AS n, LATERAL (SELECT 'person' || n || '@example.com' AS email) AS names
            """);
        yield return Links(rows);
        yield return
            $"""
            INSERT INTO devices (id, ring_token_id, user_id, ring_device_id, name, online, status_at, refreshed_at, added_at)
            SELECT {SeedSql.Camera("n * 10 + c")}, id, user_id, 'ava1.ring.device.' || n || '.' || c, 'Camera ' || c, true, now(), now(), received_at
            FROM (SELECT id, user_id, received_at, {Number} AS n FROM ring_tokens WHERE state IN {Living}) AS links, generate_series(1, CASE WHEN n % 10 = 6 THEN 4 ELSE 1 END) AS c
            """;
        yield return
            """
            INSERT INTO device_events (id, device_id, user_id, kind, sub_type, occurred_at, recorded_at, source_key)
            SELECT gen_random_uuid(), id, user_id, 'Motion', 'human', now() - random() * interval '50 days', now(), id || '.' || n FROM devices, generate_series(1, 5) AS n
            """;
    }

    // The youngest stay in the pool while the desk is looked at. Who has to connect again has been told; who connects is not due.
    private static string Links(DeskRows rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO ring_tokens (id, state, code_hash, account_id, masked_account, user_id, source_network, received_at, retain_from, state_changed_at, claimed_at, linked_at, refreshed_at, access_expires_at,
            sealed_access_token, sealed_refresh_token, refresh_failing_since, relink_notice_at, next_attempt_at, attempts, outcome_unknown, version, devices_synced_at)
        SELECT {SeedSql.Key("at", "n::text")}, state, sha256(n::text::bytea), 'ava1.ring.account.' || n, 'p***' || n % 10 || '@example.com',
            CASE WHEN state NOT IN ('UNCLAIMED', 'EXPIRED') THEN {SeedSql.Person("n")} END, '192.0.2.0/24', at, at,
            CASE WHEN state IN ('EXPIRED', 'REMOVED', 'DISCONNECTED') THEN greatest(at, now() - n % 28 * interval '1 day') ELSE at END,
            CASE WHEN state NOT IN ('UNCLAIMED', 'EXPIRED') THEN at + interval '2 minutes' END, CASE WHEN state IN ('ACTIVE', 'REAUTH_REQUIRED') THEN at + interval '3 minutes' END,
            now(), now() + interval '30 days', CASE WHEN state = 'ACTIVE' THEN '\x01'::bytea END, CASE WHEN state = 'ACTIVE' THEN '\x01'::bytea END,
            CASE WHEN state = 'REAUTH_REQUIRED' THEN at END, CASE WHEN state = 'REAUTH_REQUIRED' THEN now() END, CASE WHEN state = 'CONFIRMED' THEN now() + interval '1 day' END,
            0, false, 1, now() + interval '1 day'
        FROM (
            SELECT n,
                CASE WHEN n <= {rows.Links / 500} THEN now() - n * interval '1 second' ELSE now() - n * {SeedSql.Step(s_span, rows.Links)} END AS at,
                CASE WHEN n <= {rows.Links / 500} THEN 'UNCLAIMED' WHEN n % {rows.Links / 200} = 0 THEN 'REAUTH_REQUIRED' WHEN n % {rows.Links / 20} = 1 THEN 'CONFIRMED'
                    WHEN n % 10 IN (2, 3) THEN 'REMOVED' WHEN n % 10 = 4 THEN 'EXPIRED' WHEN n % 20 = 5 THEN 'DISCONNECTED' ELSE 'ACTIVE' END AS state
            FROM generate_series(1, {rows.Links}) AS n) AS links
        """);
}
