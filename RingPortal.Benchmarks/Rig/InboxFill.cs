using System.Globalization;

namespace RingPortal.Benchmarks.Rig;

/// <summary>Fills the inbox with deliveries as they are after their processing.</summary>
internal static class InboxFill
{
    /// <summary>Spread evenly over a span of time; the table is as tidy afterwards as a production's at night.</summary>
    public static async Task DoneAsync(BenchmarkCluster cluster, string database, int rows, DateTimeOffset from, DateTimeOffset to)
    {
        await cluster.ExecuteAsync(database, string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO webhook_inbox (id, request_id, event_key, body_hash, body, account_id, event_type, source, occurred_at, received_at, state, attempts, settled_at)
            SELECT gen_random_uuid(), gen_random_uuid(), encode(sha256(number::text::bytea), 'hex'), sha256(number::text::bytea), convert_to(repeat(md5(number::text), 20), 'UTF8'),
                'ava1.ring.account.' || number % 1000, 'motion_detected', 'ava1.ring.device.' || number % 5000, at, at, 'Done', 1, at
            FROM generate_series(1, {rows}) AS number,
                LATERAL (SELECT timestamptz '{from:O}' + (timestamptz '{to:O}' - timestamptz '{from:O}') * (number / {rows}.0) AS at) AS times
            """));
        await cluster.ExecuteAsync(database, "VACUUM (ANALYZE) webhook_inbox");
        await cluster.ExecuteAsync(database, "CHECKPOINT");
    }
}
