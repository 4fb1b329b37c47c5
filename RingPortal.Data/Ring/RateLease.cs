namespace RingPortal.Data.Ring;

/// <summary>
/// The shared budget of calls to Ring: one row per second with what instances have taken from it, and the row
/// <see cref="PauseKey"/> with the time until which everybody waits (contract 7.3).
/// </summary>
public sealed class RateLease
{
    /// <summary>Key of the row that holds Ring's last <c>Retry-After</c>.</summary>
    public const long PauseKey = -1;

    /// <summary>Unix second of the window, or <see cref="PauseKey"/>.</summary>
    public required long Window { get; init; }

    /// <summary>Calls handed out in this window.</summary>
    public int Taken { get; set; }

    /// <summary>Until when no instance calls Ring (UTC); only on the pause row.</summary>
    public DateTimeOffset? PausedUntil { get; set; }
}
