using System.Globalization;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>The runs of one receiver and what they cost in processor time.</summary>
internal sealed class Side
{
    private readonly List<LoadResult> _runs = [];
    private readonly List<double> _receiver = [];
    private readonly List<double> _database = [];

    public IReadOnlyList<LoadResult> Runs => _runs;

    public double Rate => LoadResult.Median(_runs).Rate;

    public int Wrong => _runs.Sum(run => run.Unexpected);

    /// <summary>Microseconds of processor time a request.</summary>
    public double Total => Figures.Middle(_receiver.Zip(_database, (receiver, database) => receiver + database));

    public string Cost => string.Create(CultureInfo.InvariantCulture, $"{Figures.Middle(_receiver):N0} + {Figures.Middle(_database):N0} µs");

    public async Task AddAsync(Server server, BenchmarkCluster cluster, Func<Server, Task<LoadResult>> runAsync)
    {
        var (receiver, database) = (server.UsedTime, cluster.UsedTime);
        var run = await runAsync(server);
        _runs.Add(run);
        _receiver.Add((server.UsedTime - receiver).TotalMicroseconds / run.Count);
        _database.Add((cluster.UsedTime - database).TotalMicroseconds / run.Count);
    }

    public override string ToString()
    {
        var middle = LoadResult.Median(_runs);
        return string.Create(CultureInfo.InvariantCulture, $"{middle.Rate:N0}, {middle.P50:N1} / {middle.P99:N1}");
    }
}
