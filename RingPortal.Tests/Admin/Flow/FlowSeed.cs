using Npgsql;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Admin.Flow;

/// <summary>A busy portal's tables: 100,000 installations, 100,000 jobs, deliveries, arrivals and removals, after ANALYZE.</summary>
internal static class FlowSeed
{
    public const string Person = "00000000-0000-7000-8000-000000000001";

    private const string Rows =
        """
        INSERT INTO users (id, email, normalized_email, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at)
        VALUES ('00000000-0000-7000-8000-000000000001', 'a@b.example', 'A@B.EXAMPLE', 'a@b.example', 'A@B.EXAMPLE', true, false, false, true, 0, now()),
               ('00000000-0000-7000-8000-000000000002', 'c@d.example', 'C@D.EXAMPLE', 'c@d.example', 'C@D.EXAMPLE', true, false, false, true, 0, now());
        INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, claimed_at, next_attempt_at, attempts, outcome_unknown, version)
        SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid,
               CASE WHEN n <= 200 THEN 'UNCLAIMED' WHEN n % 500 = 0 THEN 'REAUTH_REQUIRED' WHEN n % 500 = 1 THEN 'CONFIRMED' WHEN n % 5 = 0 THEN 'EXPIRED' ELSE 'ACTIVE' END,
               sha256(n::text::bytea), 'ava1.ring.account.' || n,
               CASE WHEN n <= 200 OR (n % 5 = 0 AND n % 500 <> 0) THEN NULL WHEN n % 100 = 7 THEN '00000000-0000-7000-8000-000000000002'::uuid ELSE '00000000-0000-7000-8000-000000000001'::uuid END,
               'x', at, at, at + interval '15 minutes', CASE WHEN n > 200 AND n % 5 <> 0 THEN at + interval '1 minute' END, CASE WHEN n > 200 AND n % 500 = 1 THEN at END, 0, false, 0
        FROM (SELECT n, now() - n * interval '20 seconds' AS at FROM generate_series(1, 100000) n) AS times;
        INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts)
        SELECT gen_random_uuid(), 'request-' || n, sha256(n::text::bytea), '{}', now() - n * interval '1 second', CASE WHEN n % 100 = 0 THEN 'Quarantined' ELSE 'Done' END, 0 FROM generate_series(1, 60000) n;
        INSERT INTO arrivals (id, route, at, verdict, status, elapsed_milliseconds, source_network, host)
        SELECT gen_random_uuid(), CASE WHEN n % 3 = 0 THEN 'webhook' WHEN n % 3 = 1 THEN 'link' ELSE 'token' END, now() - n * interval '10 seconds',
               CASE WHEN n % 1000 = 0 THEN 'invalid_signature' ELSE 'accepted' END, 200, 1, 'x', 'y' FROM generate_series(1, 60000) n;
        INSERT INTO arrival_minutes (at, route, verdict, count) SELECT date_trunc('minute', now()) - n * interval '1 minute', 'webhook', 'accepted', n FROM generate_series(0, 20000) n;
        INSERT INTO teardowns (id, kind, cause, ring_token_id, name, occurred_at, requested_at, completed_at, next_attempt_at, attempts)
        SELECT gen_random_uuid(), 'Device', 'Webhook', gen_random_uuid(), 'Garage', at, at, CASE WHEN n % 1000 <> 0 THEN at END, CASE WHEN n % 1000 = 0 THEN at END, 1
        FROM (SELECT n, now() - n * interval '1 minute' AS at FROM generate_series(1, 60000) n) AS times;
        INSERT INTO hangfire.job (statename, invocationdata, arguments, createdat)
        SELECT CASE WHEN n % 50 = 0 THEN 'Failed' WHEN n % 50 = 1 THEN 'Scheduled' WHEN n % 500 = 2 THEN 'Enqueued' ELSE 'Succeeded' END,
               jsonb_build_object('Type', CASE WHEN n % 10 = 0 THEN 'RingPortal.Web.Features.Devices.SyncDevicesJob, RingPortal.Web' WHEN n % 2000 = 3 THEN 'RingPortal.Web.Features.Pruning.PruneJob, RingPortal.Web' ELSE 'RingPortal.Web.Jobs.FinishLinkJob, RingPortal.Web' END,
                   'Method', 'RunAsync', 'ParameterTypes', '["System.Guid, mscorlib","System.Threading.CancellationToken, mscorlib"]', 'Arguments', null),
               jsonb_build_array('"' || gen_random_uuid() || '"', null), now() - n * interval '1 second'
        FROM generate_series(100000, 1, -1) n;
        INSERT INTO hangfire.state (jobid, name, createdat, data)
        SELECT id, statename, createdat, CASE statename WHEN 'Succeeded' THEN '{"SucceededAt": "1700000000000", "PerformanceDuration": "12", "Latency": "3"}'::jsonb
               WHEN 'Failed' THEN '{"FailedAt": "1700000000000", "ExceptionType": "System.TimeoutException", "ExceptionMessage": "too slow", "ExceptionDetails": "at X"}'::jsonb
               WHEN 'Scheduled' THEN '{"EnqueueAt": "1700000000000", "ScheduledAt": "1700000000000"}'::jsonb ELSE '{"EnqueuedAt": "1700000000000", "Queue": "default"}'::jsonb END FROM hangfire.job ORDER BY id;
        UPDATE hangfire.job SET stateid = state.id FROM hangfire.state WHERE state.jobid = job.id;
        INSERT INTO hangfire.set (key, value, score) SELECT k, id::text, 0 FROM hangfire.job, unnest(ARRAY['schedule', 'retries']) AS k WHERE statename = 'Scheduled';
        INSERT INTO hangfire.jobqueue (jobid, queue) SELECT id, 'default' FROM hangfire.job WHERE statename = 'Enqueued';
        INSERT INTO hangfire.jobparameter (jobid, name, value)
        SELECT id, 'RecurringJobId', CASE WHEN id % 1000 = 0 THEN '"prune"' ELSE '"clean-up-pool"' END FROM hangfire.job WHERE id % 4 = 0
        UNION ALL SELECT id, 'CurrentCulture', '"en"' FROM hangfire.job;
        ANALYZE;
        VACUUM ring_tokens;
        VACUUM hangfire.job
        """;

    /// <summary>Fills a database.</summary>
    public static async Task FillAsync(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.MigratorConnectionString);
        foreach (var statement in Rows.Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = source.CreateCommand(statement);
            command.CommandTimeout = 120;
            await command.ExecuteNonQueryAsync();
        }
    }
}
