using RingPortal.Benchmarks;

// Usage: dotnet run -c Release --project RingPortal.Benchmarks [-- name ...]; without names everything runs.
(string Name, Action Run)[] benchmarks =
[
    ("hmac", HmacBenchmark.Run),
    ("nonce", NonceMatchingBenchmark.Run),
];
var chosen = benchmarks.Where(benchmark => args.Length == 0 || args.Contains(benchmark.Name)).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"No such benchmark. There are: {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}.");
    return 1;
}

Console.WriteLine($".NET {Environment.Version}, {Environment.ProcessorCount} processors");
chosen.ForEach(benchmark => benchmark.Run());
return 0;
