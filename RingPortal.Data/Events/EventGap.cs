namespace RingPortal.Data.Events;

/// <summary>
/// A time of which events of a camera may be missing, because nobody was there to take Ring's deliveries for longer than Ring
/// repeats them. A job fills it from the event history.
/// </summary>
public sealed class EventGap
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The camera.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>Where it begins (UTC).</summary>
    public required DateTimeOffset FromAt { get; init; }

    /// <summary>Where it ends (UTC).</summary>
    public required DateTimeOffset ToAt { get; init; }

    /// <summary>Why, in one word for operators, for example <c>outage</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>Where it stands. Stored by name.</summary>
    public EventGapState State { get; set; }

    /// <summary>How many events of that time Ring's history has.</summary>
    public int Found { get; set; }

    /// <summary>How many of them were missing here and are filled in.</summary>
    public int Filled { get; set; }

    /// <summary>How often filling it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is next due (UTC); null once it is settled.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Why the last try did not fill it, in one word for operators.</summary>
    public string? LastError { get; set; }

    /// <summary>Where reading goes on (JSON), for a gap that takes more than one try.</summary>
    public string? Trail { get; set; }

    /// <summary>When it was listed (UTC).</summary>
    public required DateTimeOffset ListedAt { get; init; }

    /// <summary>When it was filled or given up (UTC).</summary>
    public DateTimeOffset? SettledAt { get; set; }
}

/// <summary>Where an <see cref="EventGap"/> stands.</summary>
public enum EventGapState
{
    /// <summary>It is being filled.</summary>
    Open,

    /// <summary>What Ring's history has of it stands in the timeline.</summary>
    Filled,

    /// <summary>Ring's history could not be read after many tries; it stays visible, and an operator may try again.</summary>
    GivenUp,
}
