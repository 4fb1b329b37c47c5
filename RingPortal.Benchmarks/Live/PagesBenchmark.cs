using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.Playwright;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Live;

/// <summary>The two pages that people see most, with few and with many cameras: the server's time, and what a browser fetches and shows.</summary>
internal static class PagesBenchmark
{
    private const int Requests = 200;
    private const int Visits = 7;
    private static readonly int[] s_cameras = [1, 10, 100];

    /// <summary>What a visit fetched, and when its largest part was painted.</summary>
    private const string Read =
        """
        () => new Promise(done => {
          let largest = 0;
          new PerformanceObserver(list => { for (const entry of list.getEntries()) largest = entry.startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
          setTimeout(() => {
            const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
            done({ largest, requests: all.length, bytes: all.reduce((sum, one) => sum + one.transferSize, 0) });
          }, 1500);
        })
        """;

    public static Task RunAsync() => TemporaryFolder.UseAsync(RunAsync);

    private static async Task RunAsync(string folder)
    {
        await using var stage = await LiveStage.StartAsync(folder, "pages");
        Console.WriteLine($"pages: {Requests} requests one after another, {Visits} visits in Chromium with an empty cache and as many with a full one");
        Console.WriteLine("| page | cameras | server, ms, p50 / p95 | requests, empty / full cache | KiB, empty / full cache | largest paint, ms, p50 / p95, empty cache | full cache |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var count in s_cameras)
        {
            var person = await stage.LinkAsync(string.Create(CultureInfo.InvariantCulture, $"HOME{count:000}"), count);
            foreach (var (name, path) in new[] { ("/devices", "/devices"), ("/devices/{id}", $"/devices/{person.Cameras[0]}") })
            {
                Console.WriteLine(await RowAsync(stage, person, name, path, count));
            }
        }
    }

    private static async Task<string> RowAsync(LiveStage stage, LinkedPerson person, string name, string path, int cameras)
    {
        var server = await ServerAsync(person, path);
        var (empty, full) = (await VisitsAsync(stage, person, path, withCache: false), await VisitsAsync(stage, person, path, withCache: true));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| `{name}` | {cameras} | {server.Short} | {Middle(empty, visit => visit.Requests):N0} / {Middle(full, visit => visit.Requests):N0} | {Middle(empty, visit => visit.Bytes) / 1024:N0} / {Middle(full, visit => visit.Bytes) / 1024:N0} | **{new Figures(empty.Select(visit => visit.Largest)).Short}** | {new Figures(full.Select(visit => visit.Largest)).Short} |");
    }

    private static double Middle(IEnumerable<Visit> visits, Func<Visit, double> what) => Figures.Middle(visits.Select(what));

    private static async Task<Figures> ServerAsync(LinkedPerson person, string path)
    {
        using var client = await person.OutsideAsync();
        var times = new List<double>();
        for (var number = 0; number < Requests + 20; number++)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path);
            answer.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return new Figures(times.Skip(20));
    }

    private static async Task<List<Visit>> VisitsAsync(LiveStage stage, LinkedPerson person, string path, bool withCache)
    {
        var visits = new List<Visit>();
        for (var number = 0; number < Visits; number++)
        {
            var page = await person.Context.NewPageAsync();
            var wire = await person.Context.NewCDPSessionAsync(page);
            await wire.SendAsync("Network.enable");
            await wire.SendAsync("Network.setCacheDisabled", new Dictionary<string, object> { ["cacheDisabled"] = !withCache });
            await page.GotoAsync(stage.Origin + path, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
            visits.Add(await page.EvaluateAsync<Visit>(Read));
            await page.CloseAsync();
        }

        // The first one fills the cache.
        return withCache ? visits[1..] : visits;
    }

    private sealed record Visit
    {
        [JsonPropertyName("largest")]
        public double Largest { get; set; }

        [JsonPropertyName("requests")]
        public double Requests { get; set; }

        [JsonPropertyName("bytes")]
        public double Bytes { get; set; }
    }
}
