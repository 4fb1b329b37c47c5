namespace RingPortal.Benchmarks.Desk;

/// <summary>How full the database is that the desk is looked at with, everything in proportion to the deliveries.</summary>
/// <param name="Deliveries">Rows of <c>webhook_inbox</c>.</param>
internal sealed record DeskRows(int Deliveries)
{
    /// <summary>A busy portal's months.</summary>
    public const int Many = 1_000_000;

    /// <summary>What all parts can be made of.</summary>
    private const int Fewest = 10_000;

    /// <summary>Rows of <c>audit_records</c>.</summary>
    public int Records => Deliveries;

    /// <summary>Rows of <c>arrivals</c>.</summary>
    public int Arrivals => Deliveries / 5;

    /// <summary>Rows of <c>ring_tokens</c>, and as many people.</summary>
    public int Links => Deliveries / 10;

    /// <summary>Rows of <c>hangfire.job</c>.</summary>
    public int Jobs => Deliveries / 10;

    /// <summary>From so many rows on a table is one that no page may read as a whole.</summary>
    public int Large => Deliveries / 100;

    /// <summary>The number among the arguments of the program, else <see cref="Many"/>.</summary>
    public static DeskRows Read(IEnumerable<string> arguments) =>
        new(Math.Max(Fewest, arguments.Select(argument => int.TryParse(argument, out var number) ? number : 0).FirstOrDefault(number => number > 0, Many)));
}
