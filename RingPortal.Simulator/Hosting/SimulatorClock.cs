namespace RingPortal.Simulator.Hosting;

/// <summary>The cloud's own clock: the system's, moved by an offset. Timers and rate windows keep real time.</summary>
public sealed class SimulatorClock(TimeProvider system) : TimeProvider
{
    private long offsetTicks;

    /// <summary>How far the cloud's clock is ahead of the machine's; negative when it is behind.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));
        set => Interlocked.Exchange(ref offsetTicks, value.Ticks);
    }

    /// <summary>Moves the cloud's clock, so that a test can let a code, a nonce or a token run out.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref offsetTicks, by.Ticks);

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => system.GetUtcNow() + Offset;
}
