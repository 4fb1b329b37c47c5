namespace RingPortal.Data.Tokens;

/// <summary>
/// One installation of the app by one Ring user: the code, then the token pair, then the link to a portal user.
/// Secrets are sealed by the vault (a key per row); the Ring account id is in clear because matching needs it.
/// </summary>
public sealed class RingToken
{
    /// <summary>Time-ordered key; also part of what the vault binds ciphertexts to.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Where the installation stands.</summary>
    public RingTokenState State { get; set; }

    /// <summary>SHA-256 of the code: the same code is stored once however often Ring sends it (contract 2.1.2).</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>Sealed authorization code; null once redeemed or dead.</summary>
    public byte[]? SealedCode { get; set; }

    /// <summary>Sealed PKCE verifier, when one came with the code (contract 2.1.1 V10).</summary>
    public byte[]? SealedCodeVerifier { get; set; }

    /// <summary>Sealed access token.</summary>
    public byte[]? SealedAccessToken { get; set; }

    /// <summary>Sealed refresh token; replaced at every refresh (contract 6.2).</summary>
    public byte[]? SealedRefreshToken { get; set; }

    /// <summary>When the access token ends (UTC).</summary>
    public DateTimeOffset? AccessExpiresAt { get; set; }

    /// <summary>When the refresh token was last replaced (UTC); it lives about 30 days from then.</summary>
    public DateTimeOffset? RefreshedAt { get; set; }

    /// <summary>When refreshing began to fail (UTC); null while it works.</summary>
    public DateTimeOffset? RefreshFailingSince { get; set; }

    /// <summary>When the owner was told to connect again (UTC); null while there is nothing to tell.</summary>
    public DateTimeOffset? RelinkNoticeAt { get; set; }

    /// <summary>Scope text as Ring gave it; opaque, never a gate (contract 6.6).</summary>
    public string? Scope { get; set; }

    /// <summary>Ring's account id (contract 3.3 <c>data.id</c>); null until known.</summary>
    public string? AccountId { get; set; }

    /// <summary>What people see of the Ring account: masked e-mail, else masked name; null when Ring told neither.</summary>
    public string? MaskedAccount { get; set; }

    /// <summary>Masked name beside the masked e-mail on the consent page.</summary>
    public string? MaskedName { get; set; }

    /// <summary>The portal user who claimed it; set exactly in the living states and kept afterwards.</summary>
    public Guid? UserId { get; set; }

    /// <summary>The network that delivered the code (/24 or /48), for fairness among senders.</summary>
    public required string SourceNetwork { get; init; }

    /// <summary>When Ring delivered the code (UTC).</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>From when the pool counts the age (UTC): receipt, or the moment a refused claim gave it back.</summary>
    public required DateTimeOffset RetainFrom { get; set; }

    /// <summary>When the state last changed (UTC).</summary>
    public required DateTimeOffset StateChangedAt { get; set; }

    /// <summary>When a portal user claimed it (UTC).</summary>
    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>Until when Ring accepts the nonce of the running claim (UTC).</summary>
    public DateTimeOffset? ClaimDeadline { get; set; }

    /// <summary>Sealed nonce of the running claim; needed to confirm it to Ring, gone afterwards.</summary>
    public byte[]? SealedNonce { get; set; }

    /// <summary>When the link became active (UTC).</summary>
    public DateTimeOffset? LinkedAt { get; set; }

    /// <summary>Attempts of the step that is due (exchange, account, confirmation, completion).</summary>
    public int Attempts { get; set; }

    /// <summary>When the step is next due (UTC).</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Set before a request whose answer cannot be repeated is sent, cleared with a definite answer.</summary>
    public bool OutcomeUnknown { get; set; }

    /// <summary>Fencing token of whoever works on the row now (exchange, refresh, confirmation).</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>When the lease ends by itself (UTC).</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When a refresh of the cameras for an open page was last begun (UTC); one instance at a time does it.</summary>
    public DateTimeOffset? DevicesSyncStartedAt { get; set; }

    /// <summary>As of when Ring last listed the cameras (UTC); null before the first listing.</summary>
    public DateTimeOffset? DevicesSyncedAt { get; set; }

    /// <summary>Since when Ring has not listed the cameras although asked (UTC); null while it answers.</summary>
    public DateTimeOffset? DevicesSyncFailedAt { get; set; }

    /// <summary>Grows with every change of the tokens; a stale writer changes nothing.</summary>
    public int Version { get; set; }
}
