using System.Globalization;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>
/// The portal beside a receiver as most partners write it, in turn on the same machine, PostgreSQL included, with the
/// floors under both. Ratios count; the machine's own speed does not.
/// </summary>
internal static class WebhookBenchmark
{
    private const int Rounds = 5;
    private const int Most = 120_000;
    private static readonly TimeSpan s_run = TimeSpan.FromSeconds(3);
    private static readonly int[] s_connections = [32, 128];

    public static Task RunAsync() => TemporaryFolder.UseAsync(RunAsync);

    private static async Task RunAsync(string folder)
    {
        await using var cluster = await BenchmarkCluster.StartAsync(folder);
        var installed = await PublishedPortal.InstallAsync(cluster, folder, "portal");
        await using var baseline = await Receivers.StartBaselineAsync(cluster, "baseline");
        await using var portal = await installed.StartAsync();
        await using var kestrel = await Receivers.StartKestrelAsync();
        Console.WriteLine($"baseline: {baseline.FirstLine}, pool 10; {await cluster.ExecuteAsync("portal", "SELECT version()")}");
        Console.WriteLine($"synchronous_commit {await cluster.ExecuteAsync("portal", "SHOW synchronous_commit")}, fsync {await cluster.ExecuteAsync("portal", "SHOW fsync")}; {Rounds} rounds of {s_run.TotalSeconds} s, in turn");

        var known = SignedEvents.Unique(500);
        var unsigned = SignedEvents.Unsigned(500);
        foreach (var server in new[] { baseline, portal })
        {
            await Load.RunAsync(server.Port, known, again: false, 200, 8, s_run);
            await Load.RunAsync(server.Port, SignedEvents.Unique(Most / 4), again: false, 200, 32, s_run);
        }

        Comparison.PrintHead();
        foreach (var connections in s_connections)
        {
            await CompareAsync("unique", connections, () => SignedEvents.Unique(Most), again: false, 200, cluster, baseline, portal, kestrel);
            await CompareAsync("duplicates", connections, () => known, again: true, 200, cluster, baseline, portal, kestrel);
            await CompareAsync("bad signatures", connections, () => unsigned, again: true, 401, cluster, baseline, portal, kestrel);
        }

        await PrintInsertFloorAsync(cluster);
    }

    private static async Task CompareAsync(
        string kind, int connections, Func<IReadOnlyList<byte[]>> requests, bool again, int status, BenchmarkCluster cluster, Server baseline, Server portal, Server kestrel)
    {
        var comparison = new Comparison(kind, connections, cluster);
        for (var round = 0; round < Rounds; round++)
        {
            await comparison.AddAsync(baseline, portal, kestrel, async server =>
            {
                var ready = requests();
                await cluster.SettleAsync("portal");
                return await Load.RunAsync(server.Port, ready, again, status, connections, s_run);
            });
        }

        comparison.Print();
    }

    private static async Task PrintInsertFloorAsync(BenchmarkCluster cluster)
    {
        foreach (var clients in new[] { 1, 2, 4 })
        {
            var rates = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                rates.Add(await InsertFloor.MeasureAsync(cluster.PortalConnectionString("portal"), clients, s_run));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"floor: PostgreSQL alone, inserts of 64 rows, {clients} clients: {Figures.Middle(rates):N0} rows/s ({rates.Min():N0} to {rates.Max():N0})"));
        }
    }
}
