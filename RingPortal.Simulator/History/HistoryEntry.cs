namespace RingPortal.Simulator.History;

/// <summary>Something that happened at a device, as Ring's event history keeps it (contract 10.1).</summary>
public sealed record HistoryEntry
{
    /// <summary>Ring's id of it.</summary>
    public required string Id { get; init; }

    /// <summary>Whose device it is.</summary>
    public required string AccountKey { get; init; }

    /// <summary>Which device.</summary>
    public required string DeviceId { get; init; }

    /// <summary><c>motion</c>, <c>ding</c> or <c>on_demand</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>What moved: <c>human</c>, <c>vehicle</c>, <c>animal</c>, <c>other_motion</c>; none when it is not known.</summary>
    public string? SubType { get; init; }

    /// <summary>When it began, epoch milliseconds.</summary>
    public required long Start { get; init; }

    /// <summary>When it ends, epoch milliseconds; none of a live session that is open. Not told before it is reached.</summary>
    public long? End { get; init; }

    /// <summary>The partner fetched a picture or a clip of it.</summary>
    public bool Reviewed { get; init; }

    /// <summary>There is a video of it.</summary>
    public bool Recorded { get; init; } = true;
}
