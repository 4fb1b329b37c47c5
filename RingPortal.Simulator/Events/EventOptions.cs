using RingPortal.Simulator.Deliveries;

namespace RingPortal.Simulator.Events;

/// <summary>How one event differs from what the cloud would send by itself; what is <see langword="null"/> stays usual.</summary>
public sealed record EventOptions
{
    /// <summary><c>meta.request_id</c>.</summary>
    public string? RequestId { get; init; }

    /// <summary><c>data.id</c>.</summary>
    public string? EventId { get; init; }

    /// <summary><c>meta.time</c>, as text: Ring writes up to nine digits of a second.</summary>
    public string? Time { get; init; }

    /// <summary><c>data.attributes.timestamp</c>, epoch milliseconds.</summary>
    public long? Timestamp { get; init; }

    /// <summary>Milliseconds to add to the present for <c>timestamp</c>; negative for an event of the past.</summary>
    public long? OffsetMilliseconds { get; init; }

    /// <summary>Motion's sub-type as the wire has it; empty leaves it out.</summary>
    public string? SubType { get; init; }

    /// <summary>Where motion's sub-type stands.</summary>
    public MotionForm? MotionForm { get; init; }

    /// <summary>What is wrong with the signature.</summary>
    public SignatureFault? Signature { get; init; }

    /// <summary>How often it is delivered.</summary>
    public int? Copies { get; init; }

    /// <summary>A wish for <c>timestamp</c> that gives way to those the device told already.</summary>
    internal long? Wish { get; init; }
}

/// <summary>An event on its way.</summary>
/// <param name="Number">Its place in the list of deliveries.</param>
/// <param name="Type"><c>data.type</c>.</param>
/// <param name="EventId"><c>data.id</c>; empty for raw bytes.</param>
/// <param name="RequestId"><c>meta.request_id</c> of the first attempt; empty for raw bytes.</param>
/// <param name="Timestamp"><c>data.attributes.timestamp</c> in epoch milliseconds, when it has one.</param>
public sealed record SentEvent(long Number, string Type, string EventId, string RequestId, long? Timestamp)
{
    /// <summary>Ends with the first attempt.</summary>
    internal Task Attempted { get; init; } = Task.CompletedTask;
}
