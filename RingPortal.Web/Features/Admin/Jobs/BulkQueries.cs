using System.Globalization;
using System.Text.Json;
using Npgsql;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>Acts on many jobs that are being carried out, or were a moment ago.</summary>
internal sealed class BulkQueries(PortalDataSources sources, TimeProvider clock)
{
    /// <summary>How long one is still shown when it is over.</summary>
    private static readonly TimeSpan s_shown = TimeSpan.FromMinutes(2);

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<BulkProgress>> NewestAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(
            """
            SELECT job.id, job.arguments::text, job.statename, (SELECT value FROM hangfire.jobparameter WHERE jobid = job.id AND name = @progress)
            FROM hangfire.job LEFT JOIN hangfire.state ON state.id = job.stateid
            WHERE job.invocationdata->>'Type' = @type AND (job.statename NOT IN ('Succeeded', 'Deleted', 'Failed') OR state.createdat > @since)
            ORDER BY job.id DESC LIMIT 3
            """);
        command.Parameters.AddWithValue("type", JobTypes.Stored(nameof(ChangeJobsJob)));
        command.Parameters.AddWithValue("progress", ChangeJobsJob.Progress);
        command.Parameters.AddWithValue("since", clock.GetUtcNow() - s_shown);
        return await command.ReadRowsAsync(Read, cancellationToken);
    }

    private static BulkProgress Read(NpgsqlDataReader row)
    {
        // Positions are those of ChangeJobsJob.RunAsync; arguments that are null stay in their place.
        var arguments = JsonSerializer.Deserialize<List<string?>>(row.GetString(1))!;
        var place = BulkPlace.Read(JobReading.Unquote(row.TextOrNull(3)));
        return new BulkProgress(
            row.GetInt64(0), Enum.Parse<JobAct>(JobReading.Unquote(arguments[0])!), place.Done, int.Parse(arguments[5]!, CultureInfo.InvariantCulture),
            row.TextOrNull(2) is "Succeeded" or "Deleted" or "Failed");
    }
}
