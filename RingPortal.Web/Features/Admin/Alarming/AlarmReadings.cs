using Npgsql;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>What the checks judge, read at one time.</summary>
/// <param name="Now">When (UTC).</param>
/// <param name="Refused">Links that Ring refused to renew within the last day and that still wait.</param>
/// <param name="RefusedSince">When the first of them failed (UTC).</param>
/// <param name="Recovered">Links that failed and were renewed again within the last day.</param>
/// <param name="Throttled">Calls that Ring answered 429 within ten minutes.</param>
/// <param name="OldKey">Deliveries of the last hour that the previous key signed.</param>
/// <param name="Connections">Open connections of the whole server.</param>
/// <param name="MostConnections">How many it allows.</param>
/// <param name="Waiting">Most callers that waited for a connection at once within five minutes, of any instance.</param>
/// <param name="LongestTransaction">Age of the oldest open transaction of the portal's role.</param>
/// <param name="ReplicationLag">Bytes that the slowest replica has still to fetch; null without replicas.</param>
/// <param name="CommitBuckets">Times of inserts with their commit within five minutes, all instances.</param>
/// <param name="LeastFree">Free bytes on the fullest disk of an instance; null while none has reported.</param>
internal sealed record AlarmReadings(
    DateTimeOffset Now, long Refused, DateTimeOffset? RefusedSince, long Recovered, long Throttled, long OldKey, int Connections, int MostConnections,
    int Waiting, TimeSpan LongestTransaction, long? ReplicationLag, IReadOnlyList<long> CommitBuckets, long? LeastFree)
{
    // Every part is bounded by an index; the newest minutes are a few hundred rows. Of other roles' connections the server tells the
    // portal's role little more than that they are there: not their kind, and not since when they have a transaction.
    internal const string Sql =
        """
        WITH recent AS (SELECT name, tag, count, sum FROM minute_figures WHERE minute > @hour)
        SELECT
            refused.count, refused.since,
            (SELECT count(DISTINCT key) FROM alarms WHERE resolved_at > @day AND key LIKE 'link.reauth.%'),
            coalesce((SELECT sum(count) FROM minute_figures WHERE minute > @ten AND name = 'ring.request' AND tag = '429'), 0)::bigint,
            coalesce((SELECT sum(count) FROM recent WHERE name = 'webhook.signed' AND tag = 'previous'), 0)::bigint,
            (SELECT count(*) FROM pg_stat_activity WHERE datid IS NOT NULL AND usesysid IS NOT NULL)::int,
            current_setting('max_connections')::int,
            coalesce((SELECT max(sum) FROM minute_figures WHERE minute > @five AND name = 'store.waiting'), 0)::int,
            coalesce(extract(epoch FROM (SELECT max(clock_timestamp() - xact_start) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid())), 0)::double precision,
            (SELECT max(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, restart_lsn)) FROM pg_replication_slots WHERE slot_type = 'physical')::bigint,
            (SELECT array_agg(total ORDER BY place) FROM (
                SELECT place, sum(part)::bigint AS total FROM minute_figures, unnest(buckets) WITH ORDINALITY AS bucket (part, place)
                WHERE minute > @five AND name = 'store.statement' AND tag = 'webhook' GROUP BY place) AS merged),
            (SELECT -max(sum) FROM minute_figures WHERE minute > @five AND name = 'disk.free')::bigint
        FROM (SELECT count(*), min(state_changed_at) AS since FROM ring_tokens WHERE state = 'REAUTH_REQUIRED' AND state_changed_at > @day) AS refused
        """;

    /// <summary>Reads everything in one statement.</summary>
    public static async Task<AlarmReadings> ReadAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.AddWithValue("hour", now.AddHours(-1));
        command.Parameters.AddWithValue("day", now.AddDays(-1));
        command.Parameters.AddWithValue("ten", now.AddMinutes(-11));
        command.Parameters.AddWithValue("five", now.AddMinutes(-6));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new AlarmReadings(
            now, row.GetInt64(0), await row.OrNullAsync<DateTimeOffset>(1, cancellationToken), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt32(5), row.GetInt32(6),
            row.GetInt32(7), TimeSpan.FromSeconds(row.GetDouble(8)), await row.OrNullAsync<long>(9, cancellationToken),
            await row.IsDBNullAsync(10, cancellationToken) ? [] : row.GetFieldValue<long[]>(10), await row.OrNullAsync<long>(11, cancellationToken));
    }
}
