namespace RingPortal.Data.Events;

/// <summary>
/// How far Ring's event history of a camera is read (contract 10.1): one unbroken piece of time. It grows at its new end when
/// somebody looks, and at its old end when somebody asks for older events.
/// </summary>
public sealed class DeviceHistory
{
    /// <summary>The camera.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>The oldest moment that was read (UTC); null before the first reading.</summary>
    public DateTimeOffset? ReadFrom { get; set; }

    /// <summary>The newest moment that was read (UTC): when Ring was asked.</summary>
    public DateTimeOffset? ReadThrough { get; set; }

    /// <summary>Where reading goes on towards older events (JSON); null where it begins at the newest.</summary>
    public string? Trail { get; set; }

    /// <summary>Whether nothing older is to be had: Ring has no more, or it is older than the consent or than what is kept.</summary>
    public bool IsComplete { get; set; }

    /// <summary>When somebody last began to read (UTC); one instance at a time does it.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When Ring last answered (UTC).</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>Since when Ring has not answered although asked (UTC); null while it answers.</summary>
    public DateTimeOffset? SilentSince { get; set; }
}
