namespace RingPortal.Data.Notifications;

/// <summary>A message to be sent. Written in the transaction that decides it; the body is sealed by the vault.</summary>
public sealed class OutboxEmail
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The person it goes to; null for operators' messages and for somebody who has no account any more.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Sealed message: address, subject, text and HTML.</summary>
    public byte[]? SealedMessage { get; set; }

    /// <summary>What kind of message, for example <c>confirm</c> or <c>connected</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it was written (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was handed to the mail server (UTC); the body is gone then.</summary>
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>After this (UTC) it is no longer worth sending.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>How often sending was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When sending is next due (UTC).</summary>
    public required DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Fencing token of whoever sends it now.</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>When that lease ends by itself (UTC).</summary>
    public DateTimeOffset? LeaseUntil { get; set; }
}
