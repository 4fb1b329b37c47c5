namespace RingPortal.Simulator.Deliveries;

/// <summary>What became of a delivery.</summary>
public enum DeliveryFate
{
    /// <summary>Not decided: held back, queued, under way, or waiting for its next attempt.</summary>
    Waiting,

    /// <summary>Answered with 2xx.</summary>
    Delivered,

    /// <summary>Answered with 4xx, which is final.</summary>
    Refused,

    /// <summary>All attempts failed; it can be replayed for 72 hours.</summary>
    DeadLetter,

    /// <summary>All attempts failed while dead letters were not kept, or its 72 hours are over.</summary>
    Lost,
}
