using Npgsql;

namespace RingPortal.Web.Hosting.Telemetry;

/// <summary>What the store held at one moment. Counts end at <see cref="Most"/>: more than that is "very many" to anybody.</summary>
internal sealed record StoreReading(IReadOnlyDictionary<string, double> Values)
{
    public const int Most = 10_001;

    /// <summary>The gauges: name, unit, meaning, and the question. Each is answered from an index.</summary>
    public static readonly (string Name, string? Unit, string Text, string Sql)[] Gauges =
    [
        ("ringportal.inbox.due", "{delivery}", "Deliveries that wait to be processed.", Count("webhook_inbox WHERE state = 'Due' AND next_attempt_at <= @now")),
        ("ringportal.inbox.oldest", "s", "How long the delivery that waits longest has been due.", Age("next_attempt_at", "webhook_inbox WHERE state = 'Due' AND next_attempt_at <= @now")),
        ("ringportal.inbox.parked", "{delivery}", "Deliveries of accounts or cameras that nobody holds.", Count("webhook_inbox WHERE state = 'Parked'")),
        ("ringportal.inbox.dead", "{delivery}", "Deliveries that were given up and wait for a decision.", Count("webhook_inbox WHERE state = 'Dead'")),
        ("ringportal.pool.size", "{token}", "Unclaimed tokens.", Count("ring_tokens WHERE state = 'UNCLAIMED'")),
        ("ringportal.pool.oldest", "s", "Age of the oldest unclaimed token.", Age("received_at", "ring_tokens WHERE state = 'UNCLAIMED'")),
        ("ringportal.link.reauth", "{link}", "Links whose owners have to connect again.", Count("ring_tokens WHERE state = 'REAUTH_REQUIRED'")),
        ("ringportal.link.unfinished", "{link}", "Links that are claimed and not yet finished at Ring.", Count("ring_tokens WHERE state IN ('CLAIMING', 'UNCERTAIN', 'CONFIRMED')")),
        ("ringportal.live.open", "{session}", "Live views that are open.", Count("live_sessions WHERE closed_at IS NULL")),
        ("ringportal.mail.waiting", "{message}", "Messages that wait to be sent.", Count("outbox_emails WHERE sent_at IS NULL")),
        ("ringportal.teardown.open", "{teardown}", "Teardowns that are not complete.", Count("teardowns WHERE completed_at IS NULL")),
        ("ringportal.erasure.open", "{erasure}", "Accounts that are being erased.", Count("erasures WHERE completed_at IS NULL")),
        ("ringportal.alarm.open", "{alarm}", "Alarms that nobody settled.", Count("alarms WHERE resolved_at IS NULL")),
        ("ringportal.store.connections", "{connection}", "Connections to the database server.", "(SELECT count(*) FROM pg_stat_activity WHERE datid IS NOT NULL AND usesysid IS NOT NULL)::float8"),
        ("ringportal.store.connections.allowed", "{connection}", "Connections that the database server allows.", "current_setting('max_connections')::float8"),
        ("ringportal.store.transaction.longest", "s", "Age of the portal's longest transaction.", "(SELECT coalesce(extract(epoch FROM max(now() - xact_start)), 0) FROM pg_stat_activity WHERE usename = current_user AND pid <> pg_backend_pid())::float8"),
        ("ringportal.store.backup.streaming", null, "1 while eng/backup takes the write-ahead log as it is written.", "(SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'ringportal_backup' AND active)::float8"),
        ("ringportal.store.backup.lag", "By", "What of the write-ahead log eng/backup has not taken yet.", "coalesce((SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) FROM pg_replication_slots WHERE slot_name = 'ringportal_backup' AND NOT pg_is_in_recovery()), 0)::float8"),
    ];

    /// <summary>One question for all gauges.</summary>
    public static string Sql { get; } = $"SELECT {string.Join(",\n", Gauges.Select(gauge => gauge.Sql))}";

    public static async Task<StoreReading> TakeAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Sql);
        command.Parameters.AddWithValue("now", now);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new StoreReading(Gauges.Select((gauge, place) => (gauge.Name, Value: reader.GetDouble(place))).ToDictionary(gauge => gauge.Name, gauge => gauge.Value));
    }

    private static string Count(string rows) => $"(SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT {Most}) AS counted)::float8";

    private static string Age(string since, string rows) =>
        $"coalesce((SELECT greatest(extract(epoch FROM @now - {since}), 0) FROM {rows} ORDER BY {since} LIMIT 1), 0)::float8";
}
