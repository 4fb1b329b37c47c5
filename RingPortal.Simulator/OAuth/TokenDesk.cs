using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Signing;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.OAuth;

/// <summary>Issues, rotates, checks and revokes codes and tokens (contract 3.1, 3.2, 6).</summary>
internal sealed class TokenDesk(RingStore store, RingCloudOptions options, RingSettings settings, SimulatorClock clock)
{
    public string IssueCode(string installationId, string? verifier)
    {
        var code = Secret.New("us-east-1.");
        return store.Change(state =>
        {
            state.Prune(clock.GetUtcNow());
            var expires = clock.GetUtcNow().AddSeconds(options.CodeSeconds);
            state.Codes.Add(Secret.Hash(code), new AuthorizationCode(installationId, expires, verifier is null ? null : Secret.Hash(verifier), false));
            return code;
        });
    }

    public OAuthOutcome Redeem(string code, string? verifier) => store.Change<OAuthOutcome>(state =>
    {
        var hash = Secret.Hash(code);
        if (!state.Codes.TryGetValue(hash, out var known))
            return new OAuthOutcome.Refused("The code is not known.");

        var account = state.Installations[known.InstallationId].AccountKey;
        if (known.Used)
            return new OAuthOutcome.Refused("The code was used before.", account);

        if (known.ExpiresAt <= clock.GetUtcNow())
            return new OAuthOutcome.Refused("The code has expired.", account);

        if (known.VerifierHash is { } wanted && (verifier is null || Secret.Hash(verifier) != wanted))
            return new OAuthOutcome.Refused("The code_verifier is missing or wrong.", account);

        if (state.Installations[known.InstallationId].Status == IntegrationStatus.Removed)
            return new OAuthOutcome.Refused("The app was removed.", account);

        state.Codes[hash] = known with { Used = true };
        var refresh = Secret.New("sim-rt-");
        var grantId = Guid.CreateVersion7().ToString();
        state.Grants.Add(grantId, new RefreshGrant(known.InstallationId, Secret.Hash(refresh), null, RefreshExpiry));
        return Grant(state, grantId, refresh, account);
    });

    public OAuthOutcome Refresh(string refreshToken) => store.Change<OAuthOutcome>(state =>
    {
        var hash = Secret.Hash(refreshToken);
        var (grantId, grant) = state.Grants.FirstOrDefault(entry => entry.Value.CurrentHash == hash || entry.Value.PreviousHash == hash);
        if (grant is null)
            return new OAuthOutcome.Refused("The refresh token is not known, was replaced or was revoked.");

        var account = state.Installations[grant.InstallationId].AccountKey;
        if (grant.ExpiresAt <= clock.GetUtcNow())
            return new OAuthOutcome.Refused("The refresh token has expired.", account);

        if (settings.Rotation == RotationMode.None)
        {
            state.Grants[grantId] = grant with { ExpiresAt = RefreshExpiry };
            return Grant(state, grantId, refreshToken, account);
        }

        var fresh = Secret.New("sim-rt-");
        state.Grants[grantId] = grant with
        {
            CurrentHash = Secret.Hash(fresh),
            PreviousHash = settings.Rotation == RotationMode.Grace ? hash : null,
            ExpiresAt = RefreshExpiry,
        };
        return Grant(state, grantId, fresh, account);
    });

    /// <summary>The installation that an access token speaks for, or nothing.</summary>
    public Installation? Authenticate(string accessToken)
    {
        var hash = Secret.Hash(accessToken);
        var (installation, closesGrace) = store.Read(state =>
            state.AccessTokens.TryGetValue(hash, out var token)
            && token.ExpiresAt > clock.GetUtcNow()
            && state.Grants.TryGetValue(token.GrantId, out var grant)
                ? (state.Installations[grant.InstallationId], grant.PreviousHash is not null && token.Generation == grant.CurrentHash)
                : (null, false));

        if (closesGrace)
            store.Change(state => CloseGrace(state, hash));

        return installation;
    }

    /// <summary>Ends every token and code of an account and tells how many grants died.</summary>
    public int Revoke(string accountKey) => store.Change(state =>
    {
        var dead = state.Grants.Where(grant => state.Installations[grant.Value.InstallationId].AccountKey == accountKey).Select(grant => grant.Key).ToHashSet();
        foreach (var grantId in dead)
            state.Grants.Remove(grantId);

        foreach (var (hash, token) in state.AccessTokens)
        {
            if (dead.Contains(token.GrantId))
                state.AccessTokens.Remove(hash);
        }

        foreach (var (hash, code) in state.Codes)
        {
            if (state.Installations[code.InstallationId].AccountKey == accountKey)
                state.Codes[hash] = code with { Used = true };
        }

        return dead.Count;
    });

    private DateTimeOffset RefreshExpiry => clock.GetUtcNow().AddDays(options.RefreshTokenDays);

    private OAuthOutcome.Granted Grant(RingState state, string grantId, string refreshToken, string account)
    {
        state.Prune(clock.GetUtcNow());
        var access = Secret.New("sim-at-");
        var expires = clock.GetUtcNow().AddSeconds(settings.AccessTokenSeconds);
        state.AccessTokens.Add(Secret.Hash(access), new AccessToken(grantId, expires, Secret.Hash(refreshToken)));
        return new OAuthOutcome.Granted(access, refreshToken, settings.AccessTokenSeconds, account);
    }

    private static bool CloseGrace(RingState state, string accessHash)
    {
        if (!state.AccessTokens.TryGetValue(accessHash, out var token) || !state.Grants.TryGetValue(token.GrantId, out var grant))
            return false;

        state.Grants[token.GrantId] = grant with { PreviousHash = null };
        return true;
    }
}
