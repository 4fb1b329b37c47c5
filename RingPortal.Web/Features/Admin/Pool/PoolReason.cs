using RingPortal.Data.Tokens;

namespace RingPortal.Web.Features.Admin.Pool;

/// <summary>Why an installation does not go on by itself, and what an operator can do about it.</summary>
/// <param name="TextKey">Key of the sentence; null when nothing is wrong.</param>
/// <param name="Tries">Tries so far, for the sentence.</param>
public sealed record PoolReason(string? TextKey, int Tries = 0)
{
    private static readonly TimeSpan s_usual = TimeSpan.FromMinutes(1);
    private static readonly PoolReason s_none = new((string?)null);

    /// <summary>Why this one is stuck.</summary>
    public static PoolReason Of(PoolLink link, DateTimeOffset now) => link.State switch
    {
        RingTokenState.Received when link.IsAnswerUnknown && !link.IsHeld => new("admin.pool.why.code"),
        RingTokenState.Received when link.Attempts > 0 => new("admin.pool.why.exchange", link.Attempts),
        RingTokenState.Exchanged when link.Attempts > 0 => new("admin.pool.why.account", link.Attempts),
        RingTokenState.Claiming when link.NextTry < now - s_usual => new("admin.pool.why.idle"),
        RingTokenState.Uncertain => new(link.Deadline <= now ? "admin.pool.why.deadline" : "admin.pool.why.post", link.Attempts),
        RingTokenState.Confirmed when link.Attempts > 0 => new("admin.pool.why.patch", link.Attempts),
        RingTokenState.Confirmed when link.NextTry < now - s_usual => new("admin.pool.why.idle"),
        RingTokenState.Active when link.FailingSince is not null => new("admin.pool.why.refresh"),
        RingTokenState.Active when link.LinkedAt is null => new("admin.pool.why.patch", link.Attempts),
        RingTokenState.Active when link.NextTry is not null => new("admin.pool.why.cameras", link.Attempts),
        RingTokenState.ReauthRequired => new("admin.pool.why.relink"),
        RingTokenState.Failed => new("admin.pool.why.failed"),
        _ => s_none,
    };

    /// <summary>Whether its next step can be made to happen now: POST, PATCH, or the first listing of cameras.</summary>
    public static bool CanResume(PoolLink link) =>
        link.State is RingTokenState.Claiming or RingTokenState.Uncertain or RingTokenState.Confirmed
        || link is { State: RingTokenState.Active, NextTry: not null };

    /// <summary>Whether it may go back to the pool.</summary>
    public static bool CanRelease(PoolLink link) => link.State is RingTokenState.Claiming or RingTokenState.Uncertain;

    /// <summary>Whether it can be ended.</summary>
    public static bool CanEnd(PoolLink link) => !RingTokenTransitions.Ended.Contains(link.State);
}
