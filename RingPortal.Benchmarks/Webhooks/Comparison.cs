using System.Globalization;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>One kind of load at one number of connections: rounds of baseline, portal and floor in turn, and a line of a table.</summary>
internal sealed class Comparison(string kind, int connections, BenchmarkCluster cluster)
{
    private readonly Side _baseline = new();
    private readonly Side _portal = new();
    private readonly Side _kestrel = new();

    public static void PrintHead()
    {
        Console.WriteLine("| load | connections | baseline/s, p50 / p99 ms | portal/s, p50 / p99 ms | rate: portal / baseline (rounds) | CPU a request, receiver + PostgreSQL: baseline, portal | CPU: baseline / portal | Kestrel alone/s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
    }

    public async Task AddAsync(Server baseline, Server portal, Server kestrel, Func<Server, Task<LoadResult>> runAsync)
    {
        await _baseline.AddAsync(baseline, cluster, runAsync);
        await _portal.AddAsync(portal, cluster, runAsync);
        await _kestrel.AddAsync(kestrel, cluster, runAsync);
    }

    public void Print()
    {
        var ratios = _portal.Runs.Zip(_baseline.Runs, (ours, theirs) => ours.Rate / theirs.Rate).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {kind} | {connections} | {_baseline} | {_portal} | **{Figures.Middle(ratios):N1}** ({ratios.Min():N1} to {ratios.Max():N1}) | {_baseline.Cost}, {_portal.Cost} | {_baseline.Total / _portal.Total:N1} | {_kestrel.Rate:N0} |"));
        if (_baseline.Wrong + _portal.Wrong + _kestrel.Wrong > 0)
        {
            Console.WriteLine($"  wrong answers: baseline {_baseline.Wrong}, portal {_portal.Wrong}, Kestrel {_kestrel.Wrong}");
        }
    }
}
