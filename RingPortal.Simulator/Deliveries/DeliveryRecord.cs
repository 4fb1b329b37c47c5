namespace RingPortal.Simulator.Deliveries;

/// <summary>One delivery as the log keeps it.</summary>
public sealed record DeliveryRecord
{
    /// <summary>Its place in the log, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>When it was handed over, by the cloud's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary><c>data.type</c>; empty for raw bytes.</summary>
    public required string Type { get; init; }

    /// <summary>Key of the account, when it is known.</summary>
    public string? Account { get; init; }

    /// <summary>Id of the device, of a device's event.</summary>
    public string? Device { get; init; }

    /// <summary><c>data.id</c>; empty for raw bytes.</summary>
    public required string EventId { get; init; }

    /// <summary><c>meta.request_id</c> of the newest attempt; empty for raw bytes.</summary>
    public required string RequestId { get; init; }

    /// <summary>0 for the first, 1 and more for further copies of the same event.</summary>
    public int Copy { get; init; }

    /// <summary>Short description for people.</summary>
    public required string What { get; init; }

    /// <summary>What became of it.</summary>
    public DeliveryFate Fate { get; init; }

    /// <summary>When its fate was decided, by the cloud's clock.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When the next attempt is due, by the cloud's clock, while one is.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Every attempt so far, oldest first.</summary>
    public IReadOnlyList<DeliveryAttempt> Attempts { get; init; } = [];
}

/// <summary>One attempt.</summary>
/// <param name="At">When it began, by the cloud's clock.</param>
/// <param name="Status">HTTP status; 0 when no answer came in five seconds.</param>
/// <param name="ElapsedMilliseconds">How long the answer took.</param>
/// <param name="Answer">The member <c>status</c> of the answer's body, or why there was none.</param>
/// <param name="RequestId"><c>meta.request_id</c> of this attempt.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, int Status, double ElapsedMilliseconds, string? Answer, string RequestId);
