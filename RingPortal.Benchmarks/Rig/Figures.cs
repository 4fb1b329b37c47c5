using System.Globalization;

namespace RingPortal.Benchmarks.Rig;

/// <summary>Sorted measurements and what is said of them.</summary>
internal sealed class Figures(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public double P50 => At(0.5);

    public double P95 => At(0.95);

    public double P99 => At(0.99);

    public double Max => At(1);

    /// <summary>The middle of a few figures, between the two in the middle where their number is even.</summary>
    public static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>"p50 / p95" of milliseconds, for few measurements.</summary>
    public string Short => string.Create(CultureInfo.InvariantCulture, $"{P50:N0} / {P95:N0}");

    /// <summary>"p50 / p99 / max" of milliseconds.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{P50:N1} / {P99:N1} / {Max:N1}");

    private double At(double share) => _sorted.Length == 0 ? 0 : _sorted[Math.Min(_sorted.Length - 1, (int)(_sorted.Length * share))];
}
