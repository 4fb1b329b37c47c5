using System.Globalization;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>How long answers took.</summary>
internal sealed class Latencies(IEnumerable<TimeSpan> measured)
{
    private readonly TimeSpan[] _sorted = [.. measured.Order()];

    public int Count => _sorted.Length;

    public TimeSpan Max => _sorted.Length > 0 ? _sorted[^1] : TimeSpan.Zero;

    public TimeSpan P50 => Percentile(0.50);

    public TimeSpan P99 => Percentile(0.99);

    public static Latencies Of(IEnumerable<Attempt> attempts) => new(attempts.Select(attempt => attempt.Elapsed));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p50 {P50.TotalMilliseconds:0.0} ms, p99 {P99.TotalMilliseconds:0} ms, max {Max.TotalMilliseconds:0} ms of {Count}");

    private TimeSpan Percentile(double share) => _sorted.Length == 0 ? TimeSpan.Zero : _sorted[Math.Min(_sorted.Length - 1, (int)(share * _sorted.Length))];
}
