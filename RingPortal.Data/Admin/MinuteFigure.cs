namespace RingPortal.Data.Admin;

/// <summary>What one instance counted or measured within one minute. No personal data.</summary>
public sealed class MinuteFigure
{
    /// <summary>The minute, by its beginning (UTC).</summary>
    public required DateTimeOffset Minute { get; init; }

    /// <summary>Which instance.</summary>
    public required string Instance { get; init; }

    /// <summary>What, for example <c>webhook.received</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Which kind of it, for example an outcome; empty when there is only one.</summary>
    public required string Tag { get; init; }

    /// <summary>How often.</summary>
    public required long Count { get; set; }

    /// <summary>Sum of what was measured, or the largest value of a gauge; 0 for plain counts.</summary>
    public required double Sum { get; set; }

    /// <summary>How many measurements fell into each of the known ranges; null for plain counts and gauges.</summary>
    public long[]? Buckets { get; set; }
}
