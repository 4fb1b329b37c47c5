namespace RingPortal.Simulator.Deliveries;

/// <summary>Which deliveries are asked for; <see langword="null"/> takes each.</summary>
public sealed record DeliveryFilter
{
    /// <summary>Key of the account.</summary>
    public string? Account { get; init; }

    /// <summary><c>data.type</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Id of the device.</summary>
    public string? Device { get; init; }

    /// <summary>What became of it.</summary>
    public DeliveryFate? Fate { get; init; }

    /// <summary>Only later ones than this number, oldest first.</summary>
    public long? After { get; init; }

    /// <summary>Only earlier ones than this number, newest first.</summary>
    public long? Before { get; init; }

    /// <summary>How many at most.</summary>
    public int Limit { get; init; } = 100;

    internal bool Meets(DeliveryRecord record) =>
        (Account is null || record.Account == Account)
        && (Type is null || record.Type == Type)
        && (Device is null || record.Device == Device)
        && (Fate is null || record.Fate == Fate);
}
