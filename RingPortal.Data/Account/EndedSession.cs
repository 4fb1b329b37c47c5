namespace RingPortal.Data.Account;

/// <summary>
/// A session that its person signed out of: no copy of its cookie counts any more, on any instance. Whose it was is not kept.
/// </summary>
public sealed class EndedSession
{
    /// <summary>The session, as its cookie names it.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was ended (UTC).</summary>
    public required DateTimeOffset EndedAt { get; init; }
}
