using RingPortal.Data.Linking;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Linking;

/// <summary>Confirms a claim to Ring by its nonce (contract 3.4). An answer that was lost is settled by the completion.</summary>
internal sealed partial class LinkConfirmation(ClaimRows rows, TokenVault vault, LinkAccess access, RingClient ring, TimeProvider clock, ILogger<LinkConfirmation> logger)
{
    /// <summary>One attempt; the row is confirmed, active, back in the pool, or due again afterwards.</summary>
    public async Task RunAsync(RingToken row, CancellationToken cancellationToken)
    {
        if (row.SealedNonce is null || clock.GetUtcNow() >= row.ClaimDeadline)
        {
            await ProbeAsync(row, LinkOutcome.TimedOut, cancellationToken);
            return;
        }

        var wasUncertain = row.State is RingTokenState.Uncertain;
        var nonce = vault.Open(row.Id, VaultColumns.Nonce, row.SealedNonce);
        await rows.AttemptAsync(row, RingTokenState.Uncertain, cancellationToken);
        var owner = await rows.MaskedOwnerAsync(row, cancellationToken);
        var result = await access.CallAsync(row.Id, (token, ct) => ring.ConfirmLinkAsync(token, owner, nonce, ct), forbiddenMeansExpired: true, cancellationToken);
        row = await rows.ReloadAsync(row.Id, cancellationToken);
        if (row.State is RingTokenState.Uncertain)
        {
            await SettleAsync(row, result.Failure, wasUncertain, cancellationToken);
        }
    }

    /// <summary>
    /// Gives a claim up that an operator has taken out of its turn. What was never told to Ring goes back to the pool at once;
    /// else Ring's answer decides: a link that exists is completed, and as long as Ring says nothing the claim stays.
    /// </summary>
    public Task GiveUpAsync(RingToken row, CancellationToken cancellationToken) => row.State switch
    {
        RingTokenState.Claiming => rows.GiveBackAsync(row, LinkOutcome.TimedOut, cancellationToken),
        RingTokenState.Uncertain => ProbeAsync(row, LinkOutcome.TimedOut, cancellationToken),
        _ => Task.CompletedTask,
    };

    private async Task SettleAsync(RingToken row, RingFailure? failure, bool wasUncertain, CancellationToken cancellationToken)
    {
        if (failure is null)
        {
            await rows.ConfirmedAsync(row, cancellationToken);
            return;
        }

        Log.NotConfirmed(logger, row.Id, failure.GetType().Name, row.Attempts);
        await (failure switch
        {
            // The nonce may have been spent by a request whose answer was lost: only the PATCH can tell.
            RingFailure.Refused or RingFailure.NotFound => ProbeAsync(row, LinkOutcome.Refused, cancellationToken),
            RingFailure.Unauthorized or RingFailure.Forbidden when !wasUncertain => rows.GiveBackAsync(row, LinkOutcome.Refused, cancellationToken),
            _ => rows.LaterAsync(row, cancellationToken),
        });
    }

    /// <summary>PATCH works only on an integration that exists, so its answer says whether the POST had its effect.</summary>
    private async Task ProbeAsync(RingToken row, LinkOutcome otherwise, CancellationToken cancellationToken)
    {
        var owner = await rows.MaskedOwnerAsync(row, cancellationToken);
        var result = await access.CallAsync(
            row.Id, (token, ct) => ring.SetLinkStatusAsync(token, RingIntegrationStatus.Completed, owner, ct), forbiddenMeansExpired: true, cancellationToken);
        row = await rows.ReloadAsync(row.Id, cancellationToken);
        if (row.State is not (RingTokenState.Claiming or RingTokenState.Uncertain))
        {
            return;
        }

        if (result.IsSuccess)
        {
            await rows.ConfirmedAsync(row, cancellationToken);
            await rows.ActivatedAsync(row, cancellationToken);
            return;
        }

        var definite = result.Failure is RingFailure.Refused or RingFailure.NotFound or RingFailure.Unauthorized or RingFailure.Forbidden;
        await (definite || clock.GetUtcNow() >= row.ClaimDeadline
            ? rows.GiveBackAsync(row, otherwise, cancellationToken)
            : rows.LaterAsync(row, cancellationToken));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Ring did not confirm {RingTokenId} ({Failure}); attempt {Attempts}")]
        public static partial void NotConfirmed(ILogger logger, Guid ringTokenId, string failure, int attempts);
    }
}
