namespace RingPortal.Data.Linking;

/// <summary>A nonce somebody consented with. The unique hash makes it work once; the row tells the person how it went.</summary>
public sealed class UsedNonce
{
    /// <summary>SHA-256 of the nonce; the nonce itself is never stored here.</summary>
    public required byte[] NonceHash { get; init; }

    /// <summary>The portal user whose consent came first; null once they are gone: the nonce stays used.</summary>
    public required Guid? UserId { get; init; }

    /// <summary>The installation that was claimed with it; null once it is gone.</summary>
    public required Guid? RingTokenId { get; init; }

    /// <summary>When the consent was stored (UTC).</summary>
    public required DateTimeOffset UsedAt { get; init; }

    /// <summary>How the claim ended; <see cref="LinkOutcome.Running"/> until then. Stored by name.</summary>
    public LinkOutcome Outcome { get; set; }

    /// <summary>Number that a person can read to support.</summary>
    public required string Reference { get; init; }
}

/// <summary>How a claim ended, for the page of the person who made it.</summary>
public enum LinkOutcome
{
    /// <summary>Ring has not answered everything yet.</summary>
    Running,

    /// <summary>Linked.</summary>
    Linked,

    /// <summary>Ring refused the nonce.</summary>
    Refused,

    /// <summary>Ring did not answer before the nonce ran out.</summary>
    TimedOut,
}
