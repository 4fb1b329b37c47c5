namespace RingPortal.Data.Teardown;

/// <summary>
/// The removal of one camera, or of a whole connection, as one tracked piece of work. It outlives what it removes: it is
/// the record for operators, and it tells late events that what they speak of is gone.
/// </summary>
public sealed class TeardownWork
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What is removed. Stored by name.</summary>
    public required TeardownKind Kind { get; init; }

    /// <summary>Why. Stored by name.</summary>
    public required TeardownCause Cause { get; init; }

    /// <summary>The link concerned.</summary>
    public required Guid RingTokenId { get; init; }

    /// <summary>The portal user concerned; null where nobody had claimed it.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Our key of the camera; null for a connection, and for a camera that was never known here.</summary>
    public Guid? DeviceId { get; init; }

    /// <summary>Ring's id of the camera; null for a connection.</summary>
    public string? RingDeviceId { get; init; }

    /// <summary>What people call it: the camera's name, or the masked Ring account.</summary>
    public string? Name { get; init; }

    /// <summary>When it was removed at Ring (UTC).</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When the work was written down (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The delivery that demanded it, if one did.</summary>
    public Guid? InboxId { get; init; }

    /// <summary>When the last step was done (UTC); null until then.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is next due (UTC); null when done.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Fencing token of whoever works on it now.</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>When the lease ends by itself (UTC).</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Why the last try stopped, without payload.</summary>
    public string? LastError { get; set; }
}

/// <summary>What a teardown removes.</summary>
public enum TeardownKind
{
    /// <summary>One camera.</summary>
    Device,

    /// <summary>A connection to a Ring account with all its cameras.</summary>
    Integration,
}

/// <summary>Why something is torn down.</summary>
public enum TeardownCause
{
    /// <summary>Ring said so by a webhook.</summary>
    Webhook,

    /// <summary>Ring no longer lists the camera and does not know it when asked.</summary>
    Listing,

    /// <summary>The person disconnected here.</summary>
    Person,

    /// <summary>A newer installation of the same Ring account replaced it.</summary>
    Replaced,

    /// <summary>An operator ended it here; the audit trail has who and why.</summary>
    Operator,
}
