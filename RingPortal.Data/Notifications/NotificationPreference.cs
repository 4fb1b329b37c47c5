namespace RingPortal.Data.Notifications;

/// <summary>
/// What a person wants to be told about one camera by e-mail. No row, or nothing chosen, means no e-mail at all. Also holds
/// what waits to be told, so that at most one message goes out per period.
/// </summary>
public sealed class NotificationPreference
{
    /// <summary>The camera.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>The person.</summary>
    public required Guid UserId { get; init; }

    /// <summary>When somebody rings.</summary>
    public bool Press { get; set; }

    /// <summary>When Ring sees a person.</summary>
    public bool Person { get; set; }

    /// <summary>When it goes offline; only if the operator allows such messages.</summary>
    public bool Offline { get; set; }

    /// <summary>At most one message in so many minutes: 15, 60 or 1440.</summary>
    public required int PeriodMinutes { get; set; }

    /// <summary>SHA-256 of the secret in the address that ends these messages with one click; null before the first message.</summary>
    public byte[]? UnsubscribeHash { get; set; }

    /// <summary>That secret, sealed by the vault: all messages carry the same, so that those of old messages keep working.</summary>
    public byte[]? SealedUnsubscribe { get; set; }

    /// <summary>When the person ended these messages by such an address (UTC); what they had chosen stays, so that they can go on.</summary>
    public DateTimeOffset? StoppedAt { get; set; }

    /// <summary>When the last message was written (UTC).</summary>
    public DateTimeOffset? LastMailAt { get; set; }

    /// <summary>When the first thing that waits to be told happened (UTC); null while nothing waits.</summary>
    public DateTimeOffset? PendingSince { get; set; }

    /// <summary>When the last thing that waits to be told happened (UTC).</summary>
    public DateTimeOffset? PendingUntil { get; set; }

    /// <summary>How often somebody rang, of what waits.</summary>
    public int PendingPress { get; set; }

    /// <summary>How often Ring saw a person, of what waits.</summary>
    public int PendingPerson { get; set; }

    /// <summary>How often the camera went offline, of what waits.</summary>
    public int PendingOffline { get; set; }

    /// <summary>When the waiting things are to be told (UTC).</summary>
    public DateTimeOffset? DueAt { get; set; }
}
