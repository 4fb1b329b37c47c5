namespace RingPortal.Benchmarks.Webhooks;

/// <summary>What a run came to.</summary>
/// <param name="Rate">Requests per second.</param>
/// <param name="P50">Median latency (ms).</param>
/// <param name="P99">99th percentile (ms).</param>
/// <param name="Count">Requests.</param>
/// <param name="Unexpected">Answers with another status than the right one.</param>
internal sealed record LoadResult(double Rate, double P50, double P99, int Count, int Unexpected)
{
    public static LoadResult Of(List<double> milliseconds, TimeSpan elapsed, int unexpected)
    {
        milliseconds.Sort();
        return new(milliseconds.Count / elapsed.TotalSeconds, At(milliseconds, 0.5), At(milliseconds, 0.99), milliseconds.Count, unexpected);
    }

    /// <summary>The middle of several runs, each figure by itself.</summary>
    public static LoadResult Median(IReadOnlyList<LoadResult> runs) => new(
        Middle(runs.Select(run => run.Rate)), Middle(runs.Select(run => run.P50)), Middle(runs.Select(run => run.P99)), runs.Sum(run => run.Count), runs.Sum(run => run.Unexpected));

    public static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
