using System.Text.Json;
using Hangfire.States;
using Npgsql;
using NpgsqlTypes;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>
/// Changes the state of many jobs by one statement, as Hangfire would change it one by one: history, queue, schedule and
/// counters included. One by one, each change would take a lock and several commits. Rows that a worker holds this moment are
/// left out; whoever reads a job while it changes may run it once more, which every job bears.
/// </summary>
internal static class JobChange
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);

    /// <summary>The states in which an act makes sense.</summary>
    public static string[] States(JobAct act) => act is JobAct.Retry
        ? ["Failed", "Scheduled", "Succeeded", "Deleted"]
        : ["Processing", "Enqueued", "Scheduled", "Awaiting", "Failed"];

    /// <summary>The statement; answers how many were changed and the highest number among them.</summary>
    /// <param name="act">What is done.</param>
    /// <param name="where">Which jobs, in terms of <c>job</c>.</param>
    public static string Sql(JobAct act, string where) =>
        $"""
        WITH chosen AS MATERIALIZED (
            SELECT job.id, job.statename FROM hangfire.job WHERE {where} ORDER BY job.id LIMIT @take FOR UPDATE SKIP LOCKED),
        unscheduled AS (DELETE FROM hangfire.set USING chosen WHERE set.key IN ('schedule', 'retries') AND set.value = chosen.id::text),
        unqueued AS (DELETE FROM hangfire.jobqueue USING chosen WHERE jobqueue.jobid = chosen.id AND jobqueue.fetchedat IS NULL),
        noted AS (
            INSERT INTO hangfire.state (jobid, name, reason, createdat, data) SELECT id, @name, @reason, @now, @data FROM chosen RETURNING id, jobid),
        changed AS (
            UPDATE hangfire.job SET stateid = noted.id, statename = @name, expireat = @expire FROM noted WHERE job.id = noted.jobid RETURNING job.id),
        queued AS (INSERT INTO hangfire.jobqueue (jobid, queue) SELECT id, 'default' FROM changed WHERE @name = 'Enqueued'),
        counted AS (
            INSERT INTO hangfire.counter (key, value)
            SELECT 'stats:' || lower(statename), -count(*) FROM chosen WHERE statename IN ('Succeeded', 'Deleted') GROUP BY statename
            UNION ALL SELECT 'stats:deleted', count(*) FROM changed WHERE @name = 'Deleted' HAVING count(*) > 0)
        SELECT count(*), max(id) FROM changed
        """;

    /// <summary>The values that every such statement needs.</summary>
    public static void Fill(NpgsqlCommand command, JobAct act, int take, DateTimeOffset now)
    {
        IState state = act is JobAct.Retry ? new EnqueuedState() : new DeletedState();
        command.Parameters.AddWithValue("name", state.Name);
        command.Parameters.AddWithValue("reason", act is JobAct.Retry ? "Started anew by an operator" : "Deleted by an operator");
        command.Parameters.AddWithValue("now", now);
        command.Parameters.AddWithValue("take", take);
        command.Parameters.Add(new NpgsqlParameter("data", NpgsqlDbType.Jsonb) { Value = JsonSerializer.Serialize(state.SerializeData()) });
        command.Parameters.Add(new NpgsqlParameter("expire", NpgsqlDbType.TimestampTz) { Value = act is JobAct.Retry ? DBNull.Value : now + s_kept });
    }

    /// <summary>Runs the statement.</summary>
    public static async Task<(int Count, long Last)> RunAsync(NpgsqlCommand command, CancellationToken cancellationToken) =>
        (await Hosting.NpgsqlReading.ReadRowsAsync(command, row => ((int)row.GetInt64(0), row.IsDBNull(1) ? 0 : row.GetInt64(1)), cancellationToken))[0];
}
