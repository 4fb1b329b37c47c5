using System.Globalization;
using Hangfire;
using Hangfire.Common;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Hangfire.States;
using RingPortal.Migrations;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>One entry in the history of a job; <paramref name="ProcessId"/> is who worked on it, where somebody did.</summary>
internal sealed record JobState(string Name, DateTime At, int? ProcessId);

/// <summary>Jobs in the portals' own storage: hands them in, and reads their history from its tables.</summary>
internal sealed class JobDesk
{
    private readonly ProofCluster _cluster;
    private readonly BackgroundJobClient _client;

    public JobDesk(ProofCluster cluster)
    {
        _cluster = cluster;
        var options = new PostgreSqlStorageOptions { SchemaName = PortalMigrator.HangfireSchema, PrepareSchemaIfNecessary = false, EnableTransactionScopeEnlistment = false };
        _client = new BackgroundJobClient(new PostgreSqlStorage(new NpgsqlConnectionFactory(cluster.ConnectionString(EmbeddedRoles.Portal) + ";Enlist=false", options), options));
    }

    /// <summary>A job that any portal can run: it sleeps, and ends early when it is told to.</summary>
    public long Wait(TimeSpan span) =>
        Hand(new Job(typeof(Task).GetMethod(nameof(Task.Delay), [typeof(TimeSpan), typeof(CancellationToken)])!, span, CancellationToken.None));

    /// <summary>A job that sleeps and does not listen.</summary>
    public long Sleep(TimeSpan span) => Hand(new Job(typeof(Thread).GetMethod(nameof(Thread.Sleep), [typeof(int)])!, (int)span.TotalMilliseconds));

    /// <summary>One of the portal's own jobs.</summary>
    public long Run(Type job, string method, params object[] arguments) => Hand(new Job(job, job.GetMethod(method, [.. arguments.Select(argument => argument.GetType())])!, arguments));

    public async Task<IReadOnlyList<JobState>> HistoryAsync(long job)
    {
        await using var command = _cluster.Source.CreateCommand($"SELECT name, createdat, data->>'ServerId' FROM {PortalMigrator.HangfireSchema}.state WHERE jobid = @job ORDER BY id");
        command.Parameters.AddWithValue("job", job);
        await using var reader = await command.ExecuteReaderAsync();
        var history = new List<JobState>();
        while (await reader.ReadAsync())
        {
            // "host:process:guid"
            history.Add(new JobState(reader.GetString(0), reader.GetDateTime(1), await reader.IsDBNullAsync(2) ? null : int.Parse(reader.GetString(2).Split(':')[1], CultureInfo.InvariantCulture)));
        }

        return history;
    }

    /// <summary>The process that works on it now; null when nobody does.</summary>
    public async Task<int?> WorkerAsync(long job) => await HistoryAsync(job) is [.., { Name: "Processing", ProcessId: var worker }] ? worker : null;

    /// <summary>How often it was begun.</summary>
    public async Task<int> StartsAsync(long job) => (await HistoryAsync(job)).Count(state => state.Name == "Processing");

    /// <summary>How many of these were begun.</summary>
    public async Task<int> BegunAsync(IEnumerable<long> jobs)
    {
        var begun = 0;
        foreach (var job in jobs)
        {
            begun += await StartsAsync(job) > 0 ? 1 : 0;
        }

        return begun;
    }

    public Task SucceededAsync(IReadOnlyList<long> jobs, TimeSpan limit) => Eventually.TrueAsync(
        async () =>
        {
            var done = true;
            foreach (var job in jobs)
            {
                done &= await HistoryAsync(job) is [.., { Name: "Succeeded" }];
            }

            return done;
        },
        limit,
        $"{jobs.Count} jobs are done");

    private long Hand(Job job) => long.Parse(_client.Create(job, new EnqueuedState()), CultureInfo.InvariantCulture);
}
