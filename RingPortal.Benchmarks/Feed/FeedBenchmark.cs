using System.Globalization;
using Npgsql;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Feed;

/// <summary>
/// From the acknowledgement of an event until an open page shows it. Two portals take events in turn, a signed-in household
/// has a page open in Chromium at each; its events are spread over both, so every second one comes from the other instance.
/// </summary>
internal static class FeedBenchmark
{
    /// <summary>Events a second of the watched household, whatever the others do.</summary>
    private const int WatchedPerSecond = 2;

    private static readonly int[] s_rates = [50, 500];
    private static readonly TimeSpan s_warm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_run = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(5);

    public static Task RunAsync() => TemporaryFolder.UseAsync(RunAsync);

    private static async Task RunAsync(string folder)
    {
        await using var cluster = await BenchmarkCluster.StartAsync(folder);
        var portal = await PublishedPortal.InstallAsync(cluster, folder, "feed");
        int[] browsers = [Server.FreePort(), Server.FreePort()];
        await using var first = await portal.StartAsync(browsers[0]);
        await using var second = await portal.StartAsync(browsers[1]);
        await using var source = cluster.Open(portal.Database);
        var (watched, others) = (Household.Make("WATCHED", 1, 10)[0], Household.Make("OTHER", 250, 4));
        var seed = new HouseholdSeed(source);
        await seed.LinkAsync([watched, .. others]);
        await seed.LetInAsync(watched);
        await using var chromium = await Chromium.StartAsync();
        OpenPage[] pages = [await chromium.OpenAsync(browsers[0], watched), await chromium.OpenAsync(browsers[1], watched)];
        int[] ports = [first.Port, second.Port];
        await RunAsync(ports, s_rates[^1], s_warm, new WatchedHousehold(watched, new HouseholdEvents(others), s_rates[^1] / WatchedPerSecond));

        Console.WriteLine($"acknowledged to visible: {pages.Length} portals, a page open at each, {WatchedPerSecond} of the events a second are its household's; {s_run.TotalSeconds} s; ms, p50 / p99 / max");
        Console.WriteLine("| events/s | due to acknowledged | acknowledged to applied, all events | applied to visible | acknowledged to visible | seen |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var rate in s_rates)
        {
            var events = new WatchedHousehold(watched, new HouseholdEvents(others), rate / WatchedPerSecond);
            var answered = await RunAsync(ports, rate, s_run, events);
            Console.WriteLine(await ReportAsync(rate, source, answered, events.Sent, pages));
        }
    }

    private static async Task<IReadOnlyCollection<Answered>> RunAsync(IReadOnlyList<int> ports, int rate, TimeSpan time, WatchedHousehold events)
    {
        var load = PacedLoad.Start(ports, rate, events.Next);
        await Task.Delay(time);
        var answered = await load.StopAsync();
        // What is not seen by then is not seen within any time that a person would call at once.
        await Task.Delay(s_settle);
        return answered;
    }

    private static async Task<string> ReportAsync(int rate, NpgsqlDataSource source, IReadOnlyCollection<Answered> answered, IReadOnlyList<Watched> watched, OpenPage[] pages)
    {
        var acknowledged = answered.Where(answer => answer.Status == 200).ToDictionary(answer => answer.RequestId, answer => answer.At);
        var applied = await AppliedAsync(source, acknowledged.Keys);
        var sightings = new List<(Watched Event, DateTimeOffset At)>();
        foreach (var page in pages)
        {
            var shown = await page.ShownAsync();
            sightings.AddRange(watched.Where(sent => shown.ContainsKey(sent.Name)).Select(sent => (sent, DateTimeOffset.FromUnixTimeMilliseconds((long)shown[sent.Name]))));
        }

        var toApplied = new Figures(acknowledged.Where(pair => applied.ContainsKey(pair.Key)).Select(pair => (applied[pair.Key] - pair.Value).TotalMilliseconds));
        var fromApplied = new Figures(sightings.Select(sighting => (sighting.At - applied[sighting.Event.RequestId]).TotalMilliseconds));
        var toVisible = new Figures(sightings.Select(sighting => (sighting.At - acknowledged[sighting.Event.RequestId]).TotalMilliseconds));
        var wrong = answered.Count - acknowledged.Count;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {rate} | {new Figures(answered.Select(answer => answer.Milliseconds))} | {toApplied} | {fromApplied} | **{toVisible}** | {sightings.Count} of {watched.Count * pages.Length}{(wrong > 0 ? $", {wrong} not acknowledged" : "")} |");
    }

    /// <summary>When each delivery was processed.</summary>
    private static async Task<IReadOnlyDictionary<string, DateTimeOffset>> AppliedAsync(NpgsqlDataSource source, IEnumerable<string> requestIds)
    {
        await using var command = source.CreateCommand("SELECT request_id, settled_at FROM webhook_inbox WHERE state = 'Done' AND request_id = ANY ($1)");
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. requestIds] });
        await using var reader = await command.ExecuteReaderAsync();
        var applied = new Dictionary<string, DateTimeOffset>();
        while (await reader.ReadAsync())
        {
            applied[reader.GetString(0)] = await reader.GetFieldValueAsync<DateTimeOffset>(1);
        }

        return applied;
    }
}
