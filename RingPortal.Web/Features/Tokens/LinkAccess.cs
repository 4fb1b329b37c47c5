using RingPortal.Data.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Tokens;

/// <summary>
/// The one way to call Ring for a person: opens the access token, renews it in time, and after a refusal renews it
/// once and repeats the call once (contract 6.3). Callers never hold a token longer than one call.
/// </summary>
public sealed class LinkAccess
{
    private static readonly TimeSpan s_early = TimeSpan.FromMinutes(5);

    private readonly TokenRows _rows;
    private readonly TokenRefresher _refresher;
    private readonly TokenVault _vault;
    private readonly TimeProvider _clock;

    internal LinkAccess(TokenRows rows, TokenRefresher refresher, TokenVault vault, TimeProvider clock) =>
        (_rows, _refresher, _vault, _clock) = (rows, refresher, vault, clock);

    /// <inheritdoc cref="CallAsync{T}(Guid, Func{string, CancellationToken, Task{RingResult{T}}}, bool, CancellationToken)"/>
    public Task<RingResult<T>> CallAsync<T>(Guid ringTokenId, Func<string, CancellationToken, Task<RingResult<T>>> call, CancellationToken cancellationToken) =>
        CallAsync(ringTokenId, call, forbiddenMeansExpired: false, cancellationToken);

    /// <summary>Calls Ring with the token of an installation.</summary>
    /// <typeparam name="T">What the call brings.</typeparam>
    /// <param name="ringTokenId">The installation, from EXCHANGED to REAUTH_REQUIRED.</param>
    /// <param name="call">The call; gets the access token, which it must not keep. Made twice at most.</param>
    /// <param name="forbiddenMeansExpired">Whether 403 is answered by a renewal too, as for <c>users/me</c> and the link's own calls.</param>
    /// <param name="cancellationToken">Ends the waiting; a renewal that has begun goes on.</param>
    /// <returns>
    /// What the call brought. <see cref="RingFailure.Unauthorized"/> when the installation is over or needs its owner,
    /// <see cref="RingFailure.Unavailable"/> when the token ran out and cannot be renewed now.
    /// </returns>
    /// <exception cref="VaultException">The stored token does not open.</exception>
    public async Task<RingResult<T>> CallAsync<T>(
        Guid ringTokenId, Func<string, CancellationToken, Task<RingResult<T>>> call, bool forbiddenMeansExpired, CancellationToken cancellationToken)
    {
        if (!(await ReadyAsync(ringTokenId, cancellationToken)).TryGetValue(out var held, out var failure))
        {
            return failure;
        }

        var result = await call(Open(held), cancellationToken);
        if (!(result.Failure is RingFailure.Unauthorized || (forbiddenMeansExpired && result.Failure is RingFailure.Forbidden)))
        {
            return result;
        }

        return await _refresher.RefreshAsync(held, RingPriority.Interactive, cancellationToken) switch
        {
            RefreshOutcome.Unavailable => new RingFailure.Unavailable(null),
            RefreshOutcome.Moved when await UsableAsync(ringTokenId, cancellationToken) is { } renewed => await call(Open(renewed), cancellationToken),
            _ => result,
        };
    }

    private string Open(HeldTokens held) => _vault.Open(held.Id, VaultColumns.AccessToken, held.SealedAccessToken);

    private async Task<HeldTokens?> UsableAsync(Guid id, CancellationToken cancellationToken) =>
        await _rows.ReadAsync(id, cancellationToken) is { SealedAccessToken: not null } held && !RingTokenTransitions.Ended.Contains(held.State) ? held : null;

    /// <summary>Tokens that live a while longer, renewed if need be; the old ones as long as they live when that fails.</summary>
    private async Task<RingResult<HeldTokens>> ReadyAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await UsableAsync(id, cancellationToken) is not { } held)
        {
            return new RingFailure.Unauthorized();
        }

        if (held.LivesAt(_clock.GetUtcNow() + s_early))
        {
            return RingResult.Success(held);
        }

        var outcome = await _refresher.RefreshAsync(held, RingPriority.Interactive, cancellationToken);
        var usable = outcome is RefreshOutcome.Moved ? await UsableAsync(id, cancellationToken) : held;
        return usable is not null && usable.LivesAt(_clock.GetUtcNow()) ? RingResult.Success(usable)
            : outcome is RefreshOutcome.Unavailable ? new RingFailure.Unavailable(null)
            : new RingFailure.Unauthorized();
    }
}
