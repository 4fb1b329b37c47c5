using System.Globalization;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>What a million stored ids cost: two portals on two databases of one cluster, one with 500 rows and one with a million, in turn.</summary>
internal static class StoredIdsBenchmark
{
    private const int Rounds = 7;
    private const int Connections = 32;
    private const int Most = 120_000;
    private static readonly TimeSpan s_run = TimeSpan.FromSeconds(4);

    public static Task RunAsync() => TemporaryFolder.UseAsync(RunAsync);

    private static async Task RunAsync(string folder)
    {
        await using var cluster = await BenchmarkCluster.StartAsync(folder);
        var receivers = new Receivers(cluster, folder);
        await receivers.PublishAsync();
        await using var few = await receivers.StartPortalAsync("few");
        await using var many = await receivers.StartPortalAsync("many");
        await FillAsync(cluster, "few", 500);
        await FillAsync(cluster, "many", 1_000_000);
        var known = SignedEvents.Unique(500);
        foreach (var server in new[] { few, many })
        {
            await Load.RunAsync(server.Port, known, again: false, 200, 8, s_run);
            await Load.RunAsync(server.Port, SignedEvents.Unique(Most), again: false, 200, Connections, s_run);
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
            fewRuns.Add(await runAsync(few));
            manyRuns.Add(await runAsync(many));
        }

        var ratios = manyRuns.Zip(fewRuns, (withMany, withFew) => withMany.Rate / withFew.Rate).ToList();
        var (fewRows, manyRows) = (LoadResult.Median(fewRuns), LoadResult.Median(manyRuns));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind}: {fewRows.Rate:N0}/s, p99 {fewRows.P99:N1} ms with few ids; {manyRows.Rate:N0}/s, p99 {manyRows.P99:N1} ms with a million; ratio {LoadResult.Middle(ratios):N2} ({ratios.Min():N2} to {ratios.Max():N2})"));
        if (fewRows.Unexpected + manyRows.Unexpected > 0)
        {
            Console.WriteLine($"  wrong answers: {fewRows.Unexpected} and {manyRows.Unexpected}");
        }
    }

    /// <summary>Rows as they are after their processing, spread over a month.</summary>
    private static async Task FillAsync(BenchmarkCluster cluster, string database, int rows)
    {
        await cluster.ExecuteAsync(database, string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO webhook_inbox (id, request_id, event_key, body_hash, body, account_id, event_type, source, occurred_at, received_at, state, attempts)
            SELECT gen_random_uuid(), gen_random_uuid(), encode(sha256(number::text::bytea), 'hex'), sha256(number::text::bytea), convert_to(repeat(md5(number::text), 20), 'UTF8'),
                'ava1.ring.account.' || number % 1000, 'motion_detected', 'ava1.ring.device.' || number % 5000, at, at, 'Done', 1
            FROM generate_series(1, {rows}) AS number, LATERAL (SELECT now() - interval '30 days' * (1 - number / {rows}.0) AS at) AS times
            """));
        await cluster.ExecuteAsync(database, "VACUUM (ANALYZE) webhook_inbox");
        await cluster.ExecuteAsync(database, "CHECKPOINT");
    }
}
