namespace RingPortal.Benchmarks.Rig;

/// <summary>What a run came to.</summary>
/// <param name="Rate">Requests per second.</param>
/// <param name="P50">Median latency (ms).</param>
/// <param name="P99">99th percentile (ms).</param>
/// <param name="Count">Requests.</param>
/// <param name="Unexpected">Answers with another status than the right one.</param>
internal sealed record LoadResult(double Rate, double P50, double P99, int Count, int Unexpected)
{
    public static LoadResult Of(IReadOnlyCollection<double> milliseconds, TimeSpan elapsed, int unexpected)
    {
        var figures = new Figures(milliseconds);
        return new(figures.Count / elapsed.TotalSeconds, figures.P50, figures.P99, figures.Count, unexpected);
    }

    /// <summary>The middle of several runs, each figure by itself.</summary>
    public static LoadResult Median(IReadOnlyList<LoadResult> runs) => new(
        Figures.Middle(runs.Select(run => run.Rate)),
        Figures.Middle(runs.Select(run => run.P50)),
        Figures.Middle(runs.Select(run => run.P99)),
        runs.Sum(run => run.Count),
        runs.Sum(run => run.Unexpected));
}
