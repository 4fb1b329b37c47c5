using System.Globalization;
using RingPortal.Web.Features.Admin.Jobs;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Pruning;
using RingPortal.Web.Jobs;

namespace RingPortal.Benchmarks.Desk.Seed;

/// <summary>
/// Jobs as Hangfire stores them, in all states that rest: what waits has its time tomorrow and nothing stands in a queue, so
/// that no worker takes any of it. Most are about a link each, the others are runs of the timetable.
/// </summary>
internal static class JobSeed
{
    public static IEnumerable<string> Statements(DeskRows rows) =>
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO hangfire.job (statename, invocationdata, arguments, createdat, expireat)
            SELECT state, jsonb_build_object('Type', type, 'Method', 'RunAsync', 'ParameterTypes', '["System.Guid, mscorlib","System.Threading.CancellationToken, mscorlib"]', 'Arguments', null),
                CASE WHEN n % 4 = 0 THEN jsonb_build_array(null) ELSE jsonb_build_array('"' || link.id || '"', null) END, now() - n * interval '6 seconds', CASE WHEN state IN ('Succeeded', 'Deleted') THEN now() + interval '7 days' END
            FROM generate_series({rows.Jobs}, 1, -1) AS n
                JOIN (SELECT id, {LinkSeed.Number} AS number FROM ring_tokens) AS link ON link.number = n,
                LATERAL (SELECT CASE WHEN n % 50 = 0 THEN 'Failed' WHEN n % 50 = 1 THEN 'Scheduled' WHEN n % 500 = 2 THEN 'Deleted' ELSE 'Succeeded' END AS state,
                    CASE WHEN n % 2000 = 4 THEN '{JobTypes.Stored(nameof(PruneJob))}' WHEN n % 4 = 0 THEN '{JobTypes.Stored(nameof(SealAuditJob))}' WHEN n % 10 = 1 THEN '{JobTypes.Stored(nameof(SyncDevicesJob))}' ELSE '{JobTypes.Stored(nameof(FinishLinkJob))}' END AS type) AS parts
            ORDER BY n DESC
            """),
        """
        INSERT INTO hangfire.state (jobid, name, createdat, data)
        SELECT id, statename, createdat, CASE statename
            WHEN 'Succeeded' THEN jsonb_build_object('SucceededAt', '1700000000000', 'PerformanceDuration', (5 + id % 90)::text, 'Latency', '3')
            WHEN 'Failed' THEN '{"FailedAt": "1700000000000", "ExceptionType": "System.TimeoutException", "ExceptionMessage": "too slow", "ExceptionDetails": "at X"}'::jsonb
            WHEN 'Scheduled' THEN jsonb_build_object('EnqueueAt', (extract(epoch FROM now() + interval '1 day') * 1000)::bigint::text, 'ScheduledAt', '1700000000000')
            ELSE '{"DeletedAt": "1700000000000"}'::jsonb END
        FROM hangfire.job ORDER BY id
        """,
        "UPDATE hangfire.job SET stateid = state.id FROM hangfire.state WHERE state.jobid = job.id",
        "INSERT INTO hangfire.set (key, value, score) SELECT key, id::text, extract(epoch FROM now() + interval '1 day') FROM hangfire.job, unnest(ARRAY['schedule', 'retries']) AS key WHERE statename = 'Scheduled' AND (key = 'schedule' OR id % 2 = 0)",
        """
        INSERT INTO hangfire.jobparameter (jobid, name, value)
        SELECT id, 'RecurringJobId', CASE WHEN invocationdata->>'Type' LIKE '%PruneJob%' THEN '"prune"' ELSE '"seal-audit"' END FROM hangfire.job WHERE arguments->>0 IS NULL
        UNION ALL SELECT id, 'CurrentCulture', '"en"' FROM hangfire.job
        """,
    ];
}
