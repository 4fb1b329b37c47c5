namespace RingPortal.Web.Hosting;

/// <summary>
/// The one clock: the system's, plus the database's offset when that is large enough to be no artefact of the
/// measurement. All instances share the database, so they agree on what has expired.
/// </summary>
public sealed class PortalClock : TimeProvider
{
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMilliseconds(500);
    private long _offsetTicks;

    /// <summary>What is added to the system's clock now.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    /// <summary>
    /// Takes a reading of the database's clock. It counts only when it differs by more than 500 ms and by more
    /// than twice the round trip that fetched it.
    /// </summary>
    public void Observe(DateTimeOffset databaseNow, DateTimeOffset asked, TimeSpan roundTrip)
    {
        var offset = databaseNow - (asked + (roundTrip / 2));
        var counts = offset.Duration() > s_tolerance && offset.Duration() > roundTrip * 2;
        Interlocked.Exchange(ref _offsetTicks, counts ? offset.Ticks : 0);
    }
}
