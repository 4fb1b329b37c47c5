namespace RingPortal.Web.Features.Admin.Minutes;

/// <summary>
/// The ranges into which measured times are sorted: two to each doubling from 0.5 ms to 16 s. A quantile read from them is off
/// by a fifth at most, and those of several minutes and instances can be added up, which quantiles themselves cannot.
/// </summary>
internal static class FigureBuckets
{
    private const double Shortest = 0.5;

    /// <summary>How many ranges there are; the last one is open.</summary>
    public const int Count = 31;

    /// <summary>The range of a time.</summary>
    /// <param name="milliseconds">The time (ms).</param>
    public static int IndexOf(double milliseconds) =>
        milliseconds <= Shortest ? 0 : Math.Min(Count - 1, (int)Math.Ceiling(2 * Math.Log2(milliseconds / Shortest)));

    /// <summary>The time (ms) that the given part of the measurements did not exceed; null without measurements.</summary>
    /// <param name="buckets">Measurements in each range.</param>
    /// <param name="part">0.5 for the median, 0.99 for all but one in a hundred.</param>
    public static double? Quantile(IReadOnlyList<long> buckets, double part)
    {
        var all = buckets.Sum();
        var (before, wanted) = (0L, part * all);
        for (var i = 0; i < buckets.Count && all > 0; i++)
        {
            if (buckets[i] > 0 && before + buckets[i] >= wanted)
            {
                var begin = i == 0 ? 0 : End(i - 1);
                return begin + ((End(i) - begin) * (wanted - before) / buckets[i]);
            }

            before += buckets[i];
        }

        return null;
    }

    private static double End(int index) => Shortest * Math.Pow(2, index / 2.0);
}
