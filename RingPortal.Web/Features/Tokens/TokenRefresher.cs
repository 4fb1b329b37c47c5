using RingPortal.Data.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Tokens;

/// <summary>
/// Sees to it that of all callers on all instances one asks Ring for newer tokens, by a fenced lease on the row; the
/// others wait for what it brings (reliability T1, T2).
/// </summary>
internal sealed class TokenRefresher(TokenRows rows, TokenRenewal renewal, RefreshFlights flights, TimeProvider clock)
{
    private static readonly TimeSpan s_firstLook = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestLook = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    /// <summary>Replaces tokens that the caller found too old or refused.</summary>
    /// <param name="seen">The tokens as the caller saw them; if the row has newer ones already, those are the answer.</param>
    /// <param name="priority">Whether a person waits.</param>
    /// <param name="cancellationToken">Ends the waiting, not the refresh.</param>
    public Task<RefreshOutcome> RefreshAsync(HeldTokens seen, RingPriority priority, CancellationToken cancellationToken) =>
        seen.SealedRefreshToken is null
            ? Task.FromResult(RefreshOutcome.Refused)
            : flights.JoinAsync(seen, () => RefreshAsync(seen, priority), cancellationToken);

    private async Task<RefreshOutcome> RefreshAsync(HeldTokens seen, RingPriority priority)
    {
        var end = clock.GetUtcNow() + s_patience;
        for (var look = s_firstLook; clock.GetUtcNow() < end; look = look * 2 < s_longestLook ? look * 2 : s_longestLook)
        {
            var lease = Guid.NewGuid();
            if (await rows.TakeAsync(seen, lease, CancellationToken.None))
            {
                return await renewal.RenewAsync(seen, lease, priority);
            }

            if (await OthersAsync(seen) is { } outcome)
            {
                return outcome;
            }

            await Task.Delay(look, CancellationToken.None);
        }

        return RefreshOutcome.Unavailable;
    }

    /// <summary>What became of somebody else's attempt; null while it runs.</summary>
    private async Task<RefreshOutcome?> OthersAsync(HeldTokens seen)
    {
        var current = await rows.ReadAsync(seen.Id, CancellationToken.None);
        return current is null || current.Version != seen.Version ? RefreshOutcome.Moved
            : current.LeaseId is not null ? null
            : current.State is RingTokenState.ReauthRequired ? RefreshOutcome.Refused
            : RefreshOutcome.Unavailable;
    }
}
