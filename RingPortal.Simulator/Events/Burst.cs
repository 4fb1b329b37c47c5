namespace RingPortal.Simulator.Events;

/// <summary>Many events of one kind.</summary>
public sealed record BurstOptions
{
    /// <summary><c>data.type</c>; any but those of subscriptions.</summary>
    public string Type { get; init; } = RingEventTypes.MotionDetected;

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>How many a second; <see langword="null"/> sends all at once.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>Whose events, in turn; <see langword="null"/> for everybody who has the app.</summary>
    public IReadOnlyList<string>? Accounts { get; init; }

    /// <summary>One device; <see langword="null"/> takes each visible device in turn.</summary>
    public string? Device { get; init; }

    /// <summary>How each of them differs from what is usual.</summary>
    public EventOptions Event { get; init; } = new();

    /// <summary>Whether the events belong to devices.</summary>
    internal bool OfDevices => !Type.StartsWith("app_integration_", StringComparison.Ordinal);
}

/// <summary>A burst under way, or its result.</summary>
public sealed class Burst
{
    private int sent;

    internal Burst(int number, int count) => (Number, Count) = (number, count);

    /// <summary>Its number, from 1.</summary>
    public int Number { get; }

    /// <summary>How many events were asked for.</summary>
    public int Count { get; }

    /// <summary>How many were handed over so far.</summary>
    public int Sent => Volatile.Read(ref sent);

    /// <summary>It still hands over.</summary>
    public bool Running => !Done.IsCompleted;

    /// <summary>Ends when the last was handed over, or the burst was stopped.</summary>
    internal Task Done { get; set; } = Task.CompletedTask;

    internal void CountOne() => Interlocked.Increment(ref sent);
}
