using RingPortal.Data.Tokens;

namespace RingPortal.Web.Features.Admin.Pool;

/// <summary>The pool at a glance.</summary>
/// <param name="Size">Unclaimed tokens now.</param>
/// <param name="Oldest">From when the oldest of them counts (UTC); null when there are none.</param>
/// <param name="ClaimedWithin">Half of those claimed in the last 24 hours were claimed within this time; null when there were none.</param>
/// <param name="RunOutToday">Tokens that nobody claimed in time, since midnight (UTC).</param>
public sealed record PoolFigures(int Size, DateTimeOffset? Oldest, TimeSpan? ClaimedWithin, int RunOutToday);

/// <summary>How many unclaimed tokens are of an age.</summary>
/// <param name="Minutes">Full minutes; the last bar holds all that are older.</param>
/// <param name="Count">How many.</param>
public sealed record PoolAge(int Minutes, int Count);

/// <summary>How large the pool was.</summary>
/// <param name="At">When (UTC).</param>
/// <param name="Size">Unclaimed tokens at that moment.</param>
public sealed record PoolSize(DateTimeOffset At, int Size);

/// <summary>One installation as operators see it. No code, no token, no camera, and no way to either.</summary>
/// <param name="Id">Our key.</param>
/// <param name="MaskedAccount">The Ring account as its owner would recognise it; null when Ring told neither e-mail nor name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Since">Since when (UTC).</param>
/// <param name="ReceivedAt">When Ring delivered its code (UTC).</param>
/// <param name="NextTry">When its next step is due (UTC); null when there is none.</param>
/// <param name="Attempts">Tries of that step.</param>
/// <param name="Deadline">Until when Ring accepts the running claim (UTC).</param>
/// <param name="LinkedAt">When it became active (UTC).</param>
/// <param name="FailingSince">When refreshing began to fail (UTC).</param>
/// <param name="IsAnswerUnknown">Whether a request was sent whose answer is not known.</param>
/// <param name="IsHeld">Whether an instance works on it now.</param>
public sealed record PoolLink(
    Guid Id,
    string? MaskedAccount,
    RingTokenState State,
    DateTimeOffset Since,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? NextTry,
    int Attempts,
    DateTimeOffset? Deadline,
    DateTimeOffset? LinkedAt,
    DateTimeOffset? FailingSince,
    bool IsAnswerUnknown,
    bool IsHeld);

/// <summary>What the page of one installation shows beside its row.</summary>
/// <param name="Link">The row.</param>
/// <param name="UserId">The portal user who holds or held it.</param>
/// <param name="ClaimedAt">When it was claimed (UTC).</param>
/// <param name="RetainFrom">From when the pool counts its age (UTC).</param>
/// <param name="SourceNetwork">The network that delivered its code.</param>
/// <param name="TeardownId">The removal that ended it, if one did.</param>
public sealed record PoolLinkDetail(PoolLink Link, Guid? UserId, DateTimeOffset? ClaimedAt, DateTimeOffset RetainFrom, string SourceNetwork, Guid? TeardownId);

/// <summary>A page of installations, newest first.</summary>
/// <param name="Rows">The installations.</param>
/// <param name="HasOlder">Whether there are more.</param>
public sealed record PoolLinks(IReadOnlyList<PoolLink> Rows, bool HasOlder);
