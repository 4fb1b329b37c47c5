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

    /// <summary>Hash of the address that ends these messages with one click; the address itself stands only in the message.</summary>
    public byte[]? UnsubscribeHash { get; set; }

    /// <summary>When the last message was written (UTC).</summary>
    public DateTimeOffset? LastMailAt { get; set; }

    /// <summary>The first thing that waits to be told (UTC); null while nothing waits.</summary>
    public DateTimeOffset? PendingSince { get; set; }

    /// <summary>When the waiting things are to be told (UTC).</summary>
    public DateTimeOffset? DueAt { get; set; }
}
