using System.Globalization;
using RingPortal.Web.Features.Webhooks.Dispatch;

namespace RingPortal.Benchmarks.Desk.Seed;

/// <summary>
/// What Ring sent: a month of deliveries in all states and two weeks of other calls. Those that wait are due only tomorrow, so
/// that the dispatcher leaves them.
/// </summary>
internal static class CallSeed
{
    public static IEnumerable<string> Statements(DeskRows rows) => [Deliveries(rows), Arrivals(rows), Minutes];

    private const string Minutes =
        """
        INSERT INTO arrival_minutes (at, route, verdict, count)
        SELECT date_trunc('minute', now()) - n * interval '1 minute', route, verdict, 1 + n % 7
        FROM generate_series(0, 13 * 24 * 60) AS n, (VALUES ('webhook', 'accepted'), ('webhook', 'invalid_signature'), ('token', 'accepted'), ('link', 'accepted')) AS kinds (route, verdict)
        """;

    /// <summary>About as long as Ring's own (contract 5.7.1).</summary>
    private const string Body =
        """
        {"meta": {"version": "1.1", "time": "%s", "request_id": "%s", "account_id": "%s"}, "data": {"id": "%s_%s", "type": "%s", "attributes": {"source": "%s", "source_type": "devices", "timestamp": %s}, "relationships": {"devices": {"links": {"self": "/v1/devices/%s"}}}}}
        """;

    private static string Deliveries(DeskRows rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO webhook_inbox (id, request_id, event_key, body_hash, body, account_id, event_type, source, occurred_at, received_at, state, attempts, next_attempt_at, settled_at, settled_by, outcome, reason, last_error, answered_in)
        SELECT {SeedSql.Key("at", "n::text")}, gen_random_uuid(), encode(sha256(n::text::bytea), 'hex'), sha256(n::text::bytea),
            convert_to(format('{Body}',
                at, n, account, device, n, type, device, n, device), 'UTF8'),
            account, type, device, at, at, state, CASE WHEN state = 'Dead' THEN {RetryPlan.MostAttempts} WHEN state = 'Due' THEN 2 ELSE 1 END, CASE WHEN state = 'Due' THEN now() + interval '1 day' END,
            CASE WHEN state IN ('Done', 'Dead') THEN at + interval '1 second' END, 'host:1', CASE WHEN state = 'Done' THEN 'applied' END, CASE WHEN state = 'Quarantined' THEN 'no event id' END,
            CASE WHEN state = 'Dead' THEN 'TimeoutException' END, 3
        FROM (
            SELECT n, at, 'ava1.ring.account.' || link AS account, 'ava1.ring.device.' || link || '.1' AS device,
                CASE WHEN n % 500 = 0 THEN 'device_online' WHEN n % 501 = 1 THEN 'device_offline' WHEN n % 2003 = 2 THEN 'device_added' WHEN n % 9 = 0 THEN 'button_press' ELSE 'motion_detected' END AS type,
                CASE WHEN n % {rows.Deliveries / 50} = 3 THEN 'Due' WHEN n % 1000 = 10 THEN 'Dead' WHEN n % 3000 = 7 THEN 'Quarantined' WHEN n % 100 = 11 AND at > now() - interval '20 hours' THEN 'Parked' ELSE 'Done' END AS state
            FROM generate_series(1, {rows.Deliveries}) AS n,
                LATERAL (SELECT now() - ({rows.Deliveries} - n) * {SeedSql.Step(TimeSpan.FromDays(29), rows.Deliveries)} AS at, 1 + n * 7919::bigint % {rows.Links} AS link) AS parts) AS deliveries
        """);

    private static string Arrivals(DeskRows rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO arrivals (id, route, at, verdict, reason, status, elapsed_milliseconds, source_network, host)
        SELECT {SeedSql.Key("at", "n::text")}, CASE WHEN n % 1000 = 0 THEN 'webhook' WHEN n % 50 = 1 THEN 'config' WHEN n % 2 = 0 THEN 'link' ELSE 'token' END, at,
            CASE WHEN n % 1000 = 0 THEN 'invalid_signature' WHEN n % 100 = 3 THEN 'expired' WHEN n % 50 = 1 THEN 'json' ELSE 'accepted' END, CASE WHEN n % 100 = 3 THEN 'older than 10 minutes' END,
            CASE WHEN n % 1000 = 0 THEN 401 ELSE 200 END, 2.5, '192.0.2.0/24', 'portal.example.com'
        FROM (SELECT n, now() - ({rows.Arrivals} - n) * {SeedSql.Step(TimeSpan.FromDays(13), rows.Arrivals)} AS at FROM generate_series(1, {rows.Arrivals}) AS n) AS calls
        """);
}
