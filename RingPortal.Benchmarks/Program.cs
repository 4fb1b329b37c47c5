using System.Globalization;
using RingPortal.Benchmarks;
using RingPortal.Benchmarks.Desk;
using RingPortal.Benchmarks.Feed;
using RingPortal.Benchmarks.Live;
using RingPortal.Benchmarks.Pruning;
using RingPortal.Benchmarks.Teardown;
using RingPortal.Benchmarks.Webhooks;

// Usage: dotnet run -c Release --project RingPortal.Benchmarks [-- name ...]; without names everything runs. A number among
// them is how many deliveries the desk is looked at with.
if (args is [KestrelFloor.Command, var port])
{
    await KestrelFloor.RunAsync(int.Parse(port, CultureInfo.InvariantCulture));
    return 0;
}

(string Name, Func<Task> RunAsync)[] benchmarks =
[
    ("hmac", () => Task.Run(HmacBenchmark.Run)),
    ("nonce", () => Task.Run(NonceMatchingBenchmark.Run)),
    ("webhooks", WebhookBenchmark.RunAsync),
    ("stored-ids", StoredIdsBenchmark.RunAsync),
    ("feed", FeedBenchmark.RunAsync),
    ("live", LiveBenchmark.RunAsync),
    ("pages", PagesBenchmark.RunAsync),
    ("desk", () => DeskBenchmark.RunAsync(DeskRows.Read(args))),
    ("teardown", TeardownBenchmark.RunAsync),
    ("prune", PruneBenchmark.RunAsync),
];
var chosen = benchmarks.Where(benchmark => args.Length == 0 || args.Contains(benchmark.Name)).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"No such benchmark. There are: {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}.");
    return 1;
}

Console.WriteLine($".NET {Environment.Version}, {Environment.ProcessorCount} processors");
foreach (var benchmark in chosen)
{
    await benchmark.RunAsync();
}

return 0;
