using System.Diagnostics;
using System.Globalization;
using RingPortal.Benchmarks.Rig;
using RingPortal.Web.Features.Pruning;

namespace RingPortal.Benchmarks.Pruning;

/// <summary>
/// What pruning costs, in time and for everybody else: a million deliveries and 200,000 events past their retention go while
/// events arrive at a fixed pace.
/// </summary>
internal static class PruneBenchmark
{
    private const int Deliveries = 1_000_000;
    private const int EventsEach = 1_000;
    private const double PerSecond = 200;
    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(6);
    private const int IdleWindows = 5;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(6);

    public static Task RunAsync() => TemporaryFolder.UseAsync(RunAsync);

    private static async Task RunAsync(string folder)
    {
        await using var cluster = await BenchmarkCluster.StartAsync(folder);
        var portal = await PublishedPortal.InstallAsync(cluster, folder, "prune");
        await using var server = await portal.StartAsync();
        await using var source = cluster.Open(portal.Database);
        var (households, seed, now) = (Household.Make("KEPT", 200, 4), new HouseholdSeed(source), TimeProvider.System.GetUtcNow());
        await seed.LinkAsync(households);
        await seed.RememberAsync(households, EventsEach, now.AddDays(-90), now.AddDays(-61));
        await InboxFill.DoneAsync(cluster, portal.Database, Deliveries, now.AddDays(-61), now.AddDays(-31));

        var load = PacedLoad.Start([server.Port], PerSecond, new HouseholdEvents(households).Next);
        await Task.Delay(s_warm);
        var idle = new List<Figures>();
        for (var window = 0; window < IdleWindows; window++)
        {
            idle.Add(await WindowAsync(load));
        }

        var (busy, elapsed) = await PruneAsync(cluster, portal, load);
        var left = await cluster.ExecuteAsync(portal.Database, "SELECT count(*) FROM webhook_inbox WHERE received_at < now() - interval '30 days'");
        var events = await cluster.ExecuteAsync(portal.Database, "SELECT count(*) FROM device_events WHERE occurred_at < now() - interval '60 days'");
        var wrong = (await load.StopAsync()).Count(answer => answer.Status != 200);
        Print(idle, busy, elapsed, $"left {left} and {events}; wrong answers: {wrong}");
    }

    private static async Task<Figures> WindowAsync(PacedLoad load)
    {
        var from = TimeProvider.System.GetUtcNow();
        await Task.Delay(s_window);
        return load.Between(from, TimeProvider.System.GetUtcNow());
    }

    private static async Task<(IReadOnlyList<Figures> Busy, TimeSpan Elapsed)> PruneAsync(BenchmarkCluster cluster, PublishedPortal portal, PacedLoad load)
    {
        var desk = new JobDesk(cluster.PortalConnectionString(portal.Database));
        var started = Stopwatch.GetTimestamp();
        var job = desk.Run<PruneJob>(prune => prune.RunAsync(CancellationToken.None));
        var busy = new List<Figures>();
        while (desk.StateOf(job) != "Succeeded")
        {
            busy.Add(await WindowAsync(load));
            if (Stopwatch.GetElapsedTime(started) > s_limit)
            {
                throw new TimeoutException($"Pruning is not done after {s_limit}: the job is {desk.StateOf(job)}.");
            }
        }

        return (busy, Stopwatch.GetElapsedTime(started));
    }

    private static void Print(IReadOnlyList<Figures> idle, IReadOnlyList<Figures> busy, TimeSpan elapsed, string rest)
    {
        var (quiet, meanwhile) = (idle.Select(window => window.P99).ToList(), busy.Select(window => window.P99).ToList());
        var rows = Deliveries + (EventsEach * 200);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pruning of {Deliveries:N0} deliveries and {EventsEach * 200:N0} events beside {PerSecond} events/s; p99 of windows of {s_window.TotalSeconds} s, ms: middle (least to most)"));
        Console.WriteLine("| seconds | rows/s | idle | meanwhile | meanwhile / idle |");
        Console.WriteLine("|---|---|---|---|---|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {elapsed.TotalSeconds:N0} | {rows / elapsed.TotalSeconds:N0} | {Spread(quiet)} | {Spread(meanwhile)} | **{Figures.Middle(meanwhile) / Figures.Middle(quiet):N2}** |"));
        Console.WriteLine(rest);
    }

    private static string Spread(List<double> values) => string.Create(CultureInfo.InvariantCulture, $"{Figures.Middle(values):N1} ({values.Min():N1} to {values.Max():N1})");
}
