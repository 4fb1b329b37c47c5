using System.Globalization;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>One kind of load at one number of connections: rounds of baseline, portal and floor in turn, and a line of a table.</summary>
internal sealed class Comparison(string kind, int connections)
{
    private readonly List<LoadResult> _baseline = [];
    private readonly List<LoadResult> _portal = [];
    private readonly List<LoadResult> _kestrel = [];
    private readonly List<double> _processor = [];

    public static void PrintHead()
    {
        Console.WriteLine("| load | connections | baseline/s, p50 / p99 ms | portal/s, p50 / p99 ms | ratio (rounds) | p99 ratio | portal CPU/request | Kestrel alone/s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
    }

    public async Task AddAsync(Server baseline, Server portal, Server kestrel, Func<Server, Task<LoadResult>> runAsync)
    {
        _baseline.Add(await runAsync(baseline));
        var before = portal.ProcessorTime;
        var run = await runAsync(portal);
        _portal.Add(run);
        _processor.Add((portal.ProcessorTime - before).TotalMicroseconds / run.Count);
        _kestrel.Add(await runAsync(kestrel));
    }

    public void Print()
    {
        var (baseline, portal, kestrel) = (LoadResult.Median(_baseline), LoadResult.Median(_portal), LoadResult.Median(_kestrel));
        var ratios = _portal.Zip(_baseline, (ours, theirs) => ours.Rate / theirs.Rate).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {kind} | {connections} | {baseline.Rate:N0}, {baseline.P50:N1} / {baseline.P99:N1} | {portal.Rate:N0}, {portal.P50:N1} / {portal.P99:N1} | **{LoadResult.Middle(ratios):N1}** ({ratios.Min():N1} to {ratios.Max():N1}) | {portal.P99 / baseline.P99:N2} | {LoadResult.Middle(_processor):N0} µs | {kestrel.Rate:N0} |"));
        if (baseline.Unexpected + portal.Unexpected + kestrel.Unexpected > 0)
        {
            Console.WriteLine($"  wrong answers: baseline {baseline.Unexpected}, portal {portal.Unexpected}, Kestrel {kestrel.Unexpected}");
        }
    }
}
