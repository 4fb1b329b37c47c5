namespace RingPortal.Data.LiveView;

/// <summary>
/// A live view that Ring serves to a browser (contract 8). The server owns it: whoever forgets it, somebody else ends it.
/// </summary>
public sealed class LiveSession
{
    /// <summary>Our own key, the one in addresses; Ring's never leaves the server.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The camera.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>The link whose tokens opened it.</summary>
    public required Guid RingTokenId { get; init; }

    /// <summary>Who watches.</summary>
    public required Guid UserId { get; init; }

    /// <summary>
    /// Path of the session at Ring (the <c>Location</c> of contract 8.5); a DELETE on it ends it. Null while Ring is asked,
    /// and when Ring named none: then Ring's own limit ends it.
    /// </summary>
    public string? RingPath { get; set; }

    /// <summary>The running portal that opened it, which ends it when it stops.</summary>
    public Guid? InstanceId { get; init; }

    /// <summary>When its place at the camera was taken (UTC), before Ring was asked.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When Ring answered (UTC); null while it is asked.</summary>
    public DateTimeOffset? OpenedAt { get; set; }

    /// <summary>When its page last said that somebody watches (UTC).</summary>
    public DateTimeOffset? HeartbeatAt { get; set; }

    /// <summary>When it ends at the latest (UTC).</summary>
    public DateTimeOffset? Deadline { get; set; }

    /// <summary>When its end was decided (UTC); pages stop showing it from then on.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it ended, in one word for operators, for example <c>offline</c> or <c>removed</c>.</summary>
    public string? EndReason { get; set; }

    /// <summary>When Ring was told, or needed not be told (UTC).</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>How often telling Ring was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>When telling Ring is next due (UTC).</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }
}
