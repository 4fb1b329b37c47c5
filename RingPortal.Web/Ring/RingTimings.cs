namespace RingPortal.Web.Ring;

/// <summary>Time limits of calls to Ring (contract 7.4, reliability V4).</summary>
internal sealed record RingTimings
{
    /// <summary>For one attempt, from the first byte sent to the last byte read.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Before the first retry; doubles, with jitter.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Over which failures are counted.</summary>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long nobody asks a host that fails.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a person waits for a place in the queue.</summary>
    public TimeSpan InteractivePatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a job waits for a place in the queue.</summary>
    public TimeSpan BackgroundPatience { get; init; } = TimeSpan.FromSeconds(5);
}
