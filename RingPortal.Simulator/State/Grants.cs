namespace RingPortal.Simulator.State;

/// <summary>A code that waits to be redeemed; kept by its hash.</summary>
internal sealed record AuthorizationCode(string InstallationId, DateTimeOffset ExpiresAt, string? VerifierHash, bool Used);

/// <summary>An access token; kept by its hash. The generation is the hash of the refresh token issued with it.</summary>
internal sealed record AccessToken(string GrantId, DateTimeOffset ExpiresAt, string Generation);

/// <summary>A chain of refresh tokens of one installation.</summary>
internal sealed record RefreshGrant(string InstallationId, string CurrentHash, string? PreviousHash, DateTimeOffset ExpiresAt);

/// <summary>A tap on "Sign in".</summary>
internal sealed record IssuedLink(string AccountKey, string Time, string NonceHash, DateTimeOffset IssuedAt, bool Used);
