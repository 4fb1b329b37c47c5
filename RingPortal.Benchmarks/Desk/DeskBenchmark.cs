using System.Diagnostics;
using System.Globalization;
using System.Web;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Desk;

/// <summary>The operators' pages on a full database: the server's time, whether one of them reads a large table as a whole, and what an open overview costs.</summary>
internal static class DeskBenchmark
{
    private const int Attempts = 5;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    public static Task RunAsync(DeskRows rows) => TemporaryFolder.UseAsync(folder => RunAsync(folder, rows));

    private static async Task RunAsync(string folder, DeskRows rows)
    {
        var started = Stopwatch.GetTimestamp();
        await using var stage = await DeskStage.StartAsync(folder, rows);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"desk: {rows.Deliveries:N0} deliveries, {rows.Links:N0} links, {rows.Records:N0} audit records, {rows.Arrivals:N0} arrivals, {rows.Jobs:N0} jobs (filled and sealed within {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s); {PageRun.Requests} requests one after another after {PageRun.Warm}; large is a table of at least {rows.Large:N0} rows"));
        foreach (var route in DeskPages.Missing())
        {
            Console.WriteLine($"**not looked at: {route}**");
        }

        await using var source = stage.Cluster.Open(DeskStage.Database);
        var person = await Operator.ArriveAsync(stage);
        var keys = await DeskKeys.ReadAsync(source);
        keys["sealed"] = await SealAsync(person, keys["account"]);
        foreach (var (name, place) in DeskPages.Places(TimeProvider.System.GetUtcNow()))
        {
            keys[name] = place;
        }

        using var client = await person.OutsideAsync();
        Console.WriteLine($"| page | answers | KiB | server, ms, p50 / p95 | large tables read as a whole within {PageReads.Alone} requests |");
        Console.WriteLine("|---|---|---|---|---|");
        await foreach (var row in new PageReads(source, client, rows.Large).RunAsync(DeskPages.With(keys)))
        {
            Console.WriteLine(row);
        }

        await OverviewCost.PrintAsync(stage, person, source, rows.Large);
    }

    /// <summary>An account as it stands in addresses; only the portal can write it.</summary>
    private static async Task<string> SealAsync(Operator person, string account)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var page = await person.OpenAsync("/admin/webhooks", ".rp-wh-filter");
            await page.FillAsync("#wh-account", account);
            await page.PressAsync("#wh-account", "Enter");
            await Task.Delay(s_patience);
            var found = HttpUtility.ParseQueryString(new Uri(page.Url).Query)["account"];
            await page.CloseAsync();
            if (found is not null)
            {
                return found;
            }
        }

        throw new TimeoutException("The inbox does not take an account to look for.");
    }
}
