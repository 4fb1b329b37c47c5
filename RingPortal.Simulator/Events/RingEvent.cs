using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Events;

/// <summary>One event: its data is fixed, its envelope may be renewed for a further attempt.</summary>
internal sealed record RingEvent
{
    public required string Type { get; init; }

    public required string EventId { get; init; }

    public required string RequestId { get; init; }

    /// <summary><c>meta.time</c> as it is written.</summary>
    public required string Time { get; init; }

    public required string AccountId { get; init; }

    public string? DeviceId { get; init; }

    public long? Timestamp { get; init; }

    /// <summary>The text of <c>data</c>.</summary>
    public required string Data { get; init; }

    /// <summary>Device events carry nanoseconds in <c>meta.time</c>, the others seconds.</summary>
    public static string Now(DateTimeOffset now, bool ofDevice) => ofDevice ? RingTime.Nanoseconds(now) : RingTime.Seconds(now);

    public RingEvent Renewed(DateTimeOffset now, bool newRequestId, bool newTime) => this with
    {
        RequestId = newRequestId ? NewRequestId() : RequestId,
        Time = newTime ? Now(now, DeviceId is not null) : Time,
    };

    public static string NewRequestId() => Guid.NewGuid().ToString();
}
