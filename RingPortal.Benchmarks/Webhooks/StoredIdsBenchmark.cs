using System.Globalization;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>What a million stored ids cost: two portals on two databases of one cluster, one with 500 rows and one with a million, in turn.</summary>
internal static class StoredIdsBenchmark
{
    /// <summary>Many and short: what else the machine does changes more from one long round to the next than what is compared.</summary>
    private const int Rounds = 30;

    private const int Connections = 32;
    private const int Most = 40_000;
    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_run = TimeSpan.FromSeconds(1.5);

    public static Task RunAsync() => TemporaryFolder.UseAsync(RunAsync);

    private static async Task RunAsync(string folder)
    {
        await using var cluster = await BenchmarkCluster.StartAsync(folder);
        await using var few = await (await PublishedPortal.InstallAsync(cluster, folder, "few")).StartAsync();
        await using var many = await (await PublishedPortal.InstallAsync(cluster, folder, "many")).StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        await InboxFill.DoneAsync(cluster, "few", 500, now.AddDays(-30), now);
        await InboxFill.DoneAsync(cluster, "many", 1_000_000, now.AddDays(-30), now);
        var known = SignedEvents.Unique(500);
        foreach (var server in new[] { few, many })
        {
            await Load.RunAsync(server.Port, known, again: false, 200, 8, s_run);
            await Load.RunAsync(server.Port, SignedEvents.Unique(Most), again: false, 200, Connections, s_warm);
        }

        await CompareAsync("unique events", RunUniqueAsync, few, many);
        await CompareAsync("duplicates", server => Load.RunAsync(server.Port, known, again: true, 200, Connections, s_run), few, many);

        async Task<LoadResult> RunUniqueAsync(Server server)
        {
            var events = SignedEvents.Unique(Most);
            await cluster.SettleAsync("few");
            await cluster.SettleAsync("many");
            return await Load.RunAsync(server.Port, events, again: false, 200, Connections, s_run);
        }
    }

    private static async Task CompareAsync(string kind, Func<Server, Task<LoadResult>> runAsync, Server few, Server many)
    {
        var (fewRuns, manyRuns) = (new List<LoadResult>(), new List<LoadResult>());
        for (var round = 0; round < Rounds; round++)
        {
            // Each goes first in half of the rounds: the second of a pair pays for the first one's checkpoint.
            if (round % 2 == 0)
            {
                fewRuns.Add(await runAsync(few));
                manyRuns.Add(await runAsync(many));
            }
            else
            {
                manyRuns.Add(await runAsync(many));
                fewRuns.Add(await runAsync(few));
            }
        }

        var ratios = manyRuns.Zip(fewRuns, (withMany, withFew) => withMany.Rate / withFew.Rate).ToList();
        var (fewRows, manyRows) = (LoadResult.Median(fewRuns), LoadResult.Median(manyRuns));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind}: {fewRows.Rate:N0}/s, p99 {fewRows.P99:N1} ms with few ids; {manyRows.Rate:N0}/s, p99 {manyRows.P99:N1} ms with a million; ratio {Figures.Middle(ratios):N2} ({ratios.Min():N2} to {ratios.Max():N2})"));
        if (fewRows.Unexpected + manyRows.Unexpected > 0)
        {
            Console.WriteLine($"  wrong answers: {fewRows.Unexpected} and {manyRows.Unexpected}");
        }
    }
}
