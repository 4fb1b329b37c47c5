namespace RingPortal.Web.Account;

/// <summary>Who is signed in, and since when.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Email">Its e-mail, which need not be confirmed.</param>
/// <param name="AuthenticatedAt">When the person last proved who they are (UTC, to the millisecond); renewal of the session does not move it.</param>
/// <param name="IsStaff">Whether the account has a role of staff, which may not link.</param>
public sealed record FreshSignIn(Guid UserId, string Email, DateTimeOffset AuthenticatedAt, bool IsStaff)
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(15);

    /// <summary>The session; null for those from before sessions had names.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>When a second factor was last given in this session (UTC, to the millisecond); null when none was.</summary>
    public DateTimeOffset? SecondFactorAt { get; init; }

    /// <summary>Whether a second factor was given recently enough for changes to the second step itself.</summary>
    public bool HasFreshFactor(DateTimeOffset now) => SecondFactorAt is { } at && now - at < s_fresh;

    /// <summary>Whether that is recent enough for what cannot be taken back (look 4.11); else the person signs in once more.</summary>
    public bool IsFresh(DateTimeOffset now) => now - AuthenticatedAt < s_fresh;
}
