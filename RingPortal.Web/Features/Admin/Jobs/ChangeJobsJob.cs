using System.Globalization;
using Hangfire;
using Hangfire.Server;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>How far an act on many jobs has come.</summary>
/// <param name="State">Which of the tab's states is worked through.</param>
/// <param name="After">The last number that is done there.</param>
/// <param name="Done">How many were changed so far.</param>
internal sealed record BulkPlace(int State, long After, int Done)
{
    /// <summary>The beginning.</summary>
    public static BulkPlace First { get; } = new(0, 0, 0);

    /// <summary>As it is kept with the job.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{State}:{After}:{Done}");

    /// <summary>Reads what was kept; the beginning when nothing was.</summary>
    public static BulkPlace Read(string? text) => text?.Split(':') is [var state, var after, var done]
        ? new(int.Parse(state, CultureInfo.InvariantCulture), long.Parse(after, CultureInfo.InvariantCulture), int.Parse(done, CultureInfo.InvariantCulture))
        : First;
}

/// <summary>
/// Carries out an act on all jobs that match, in chunks with rests, in the order of their numbers: none is met twice, even
/// when it fails again meanwhile. Notes how far it has come, so that another instance goes on there.
/// </summary>
[AutomaticRetry(Attempts = 10)]
internal sealed class ChangeJobsJob(PortalDataSources sources, TimeProvider clock)
{
    /// <summary>Name under which the place is kept with the job.</summary>
    public const string Progress = "Progress";

    /// <summary>Jobs of one statement.</summary>
    public const int Chunk = 1_000;

    /// <summary>Goes on to the end.</summary>
    /// <param name="act">A <see cref="JobAct"/>.</param>
    /// <param name="tab">The tab, as in the address.</param>
    /// <param name="type">Short name of a kind of job.</param>
    /// <param name="subjects">Keys, parted by commas.</param>
    /// <param name="throughId">The highest number there was when it was ordered.</param>
    /// <param name="matched">How many there were then, for who reads the job.</param>
    /// <param name="context">Filled in by the worker.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    /// <returns>How many were changed.</returns>
    public async Task<int> RunAsync(string act, string tab, string? type, string? subjects, long throughId, int matched, PerformContext? context, CancellationToken cancellationToken)
    {
        var match = new JobMatch(JobTabs.Read(tab)!.Value, type, null, subjects?.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse).ToList());
        var (verb, states, breath) = (Enum.Parse<JobAct>(act), match.Tab.States(), new Breath(clock));
        var place = BulkPlace.Read(context?.GetJobParameter<string>(Progress));
        while (place.State < states.Length)
        {
            var (count, last) = await ChunkAsync(verb, match, states[place.State], place.After, throughId, cancellationToken);
            place = count == 0 ? place with { State = place.State + 1, After = 0 } : place with { After = last, Done = place.Done + count };
            context?.SetJobParameter(Progress, place.ToString());
            await breath.TakeAsync(cancellationToken);
        }

        return place.Done;
    }

    /// <summary>The statement of a chunk, for its plan's test too.</summary>
    internal static string ChunkSql(JobAct act, JobMatch match) =>
        JobChange.Sql(act, $"job.statename = @state AND job.id > @after AND job.id <= @through{match.Conditions}");

    private async Task<(int Count, long Last)> ChunkAsync(JobAct act, JobMatch match, string state, long after, long through, CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand(ChunkSql(act, match));
        match.Fill(command);
        command.Parameters.AddWithValue("state", state);
        command.Parameters.AddWithValue("after", after);
        command.Parameters.AddWithValue("through", through);
        JobChange.Fill(command, act, Chunk, clock.GetUtcNow());
        return await JobChange.RunAsync(command, cancellationToken);
    }
}
