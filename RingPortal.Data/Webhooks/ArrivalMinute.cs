namespace RingPortal.Data.Webhooks;

/// <summary>How many calls of one kind came within one minute, also those that were too many to be kept one by one.</summary>
public sealed class ArrivalMinute
{
    /// <summary>The minute, by its beginning (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Which address: <c>token</c>, <c>link</c>, <c>config</c> or <c>webhook</c>.</summary>
    public required string Route { get; init; }

    /// <summary>What was decided, as in <see cref="Arrival.Verdict"/>.</summary>
    public required string Verdict { get; init; }

    /// <summary>How many, over all instances.</summary>
    public required long Count { get; set; }
}
