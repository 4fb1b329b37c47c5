using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Linking;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Linking;

/// <summary>
/// Tells Ring of a claim: POST with the nonce, then PATCH (contract 3.4, 3.5). Every step is written before and after
/// it is made, so that a job on any instance goes on where another stopped. The claim itself is never repeated.
/// </summary>
internal sealed partial class LinkFinisher(
    RingPortalContext context, TokenVault vault, LinkAccess access, RingClient ring, LinkedAftermath aftermath, TimeProvider clock, ILogger<LinkFinisher> logger)
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan s_completionEffort = TimeSpan.FromHours(24);

    /// <summary>Does the next steps of one claim as far as Ring lets it; does nothing when somebody else is at it.</summary>
    public async Task FinishAsync(Guid ringTokenId, CancellationToken cancellationToken)
    {
        if (await TakeAsync(ringTokenId, cancellationToken) is not { } row)
        {
            return;
        }

        var identifier = await IdentifierAsync(row, cancellationToken);
        if (row.State is RingTokenState.Claiming or RingTokenState.Uncertain)
        {
            row = await ConfirmAsync(row, identifier, cancellationToken);
        }

        if (row.State is RingTokenState.Confirmed)
        {
            row = await CompleteAsync(row, identifier, cancellationToken);
        }

        if (row.State is RingTokenState.Active)
        {
            await aftermath.RunAsync(row.Id, cancellationToken);
        }
    }

    private async Task<RingToken> ConfirmAsync(RingToken row, string? identifier, CancellationToken cancellationToken)
    {
        if (row.SealedNonce is null || clock.GetUtcNow() >= row.ClaimDeadline)
        {
            return await ProbeAsync(row, identifier, LinkOutcome.TimedOut, cancellationToken);
        }

        var wasUnknown = row.State is RingTokenState.Uncertain;
        var nonce = vault.Open(row.Id, VaultColumns.Nonce, row.SealedNonce);
        // Before the request leaves: from here on Ring's answer may be lost.
        row.MoveTo(RingTokenState.Uncertain, clock.GetUtcNow());
        row.Attempts++;
        await context.SaveChangesAsync(cancellationToken);
        var result = await access.CallAsync(row.Id, (token, ct) => ring.ConfirmLinkAsync(token, identifier, nonce, ct), forbiddenMeansExpired: true, cancellationToken);
        row = await ReloadAsync(row.Id, cancellationToken);
        if (row.State is not RingTokenState.Uncertain)
        {
            return row;
        }

        if (result.TryGetValue(out _, out var failure))
        {
            return await ConfirmedAsync(row, cancellationToken);
        }

        Log.NotConfirmed(logger, row.Id, failure.GetType().Name, row.Attempts);
        return failure switch
        {
            // The nonce may have been spent by a request whose answer was lost: only the PATCH can tell.
            RingFailure.Refused or RingFailure.NotFound => await ProbeAsync(row, identifier, LinkOutcome.Refused, cancellationToken),
            RingFailure.Unauthorized or RingFailure.Forbidden when !wasUnknown => await GiveBackAsync(row, LinkOutcome.Refused, cancellationToken),
            _ => await LaterAsync(row, cancellationToken),
        };
    }

    /// <summary>PATCH works only on an integration that exists, so its answer says whether the POST had its effect.</summary>
    private async Task<RingToken> ProbeAsync(RingToken row, string? identifier, LinkOutcome otherwise, CancellationToken cancellationToken)
    {
        var result = await access.CallAsync(row.Id, (token, ct) => ring.SetLinkStatusAsync(token, RingIntegrationStatus.Completed, identifier, ct), forbiddenMeansExpired: true, cancellationToken);
        row = await ReloadAsync(row.Id, cancellationToken);
        if (row.State is not (RingTokenState.Claiming or RingTokenState.Uncertain))
        {
            return row;
        }

        if (result.TryGetValue(out _, out var failure))
        {
            row = await ConfirmedAsync(row, cancellationToken);
            return await ActivatedAsync(row, cancellationToken);
        }

        var definite = failure is RingFailure.Refused or RingFailure.NotFound or RingFailure.Unauthorized or RingFailure.Forbidden;
        var over = clock.GetUtcNow() >= row.ClaimDeadline;
        return definite || over
            ? await GiveBackAsync(row, otherwise, cancellationToken)
            : await LaterAsync(row, cancellationToken);
    }

    private async Task<RingToken> CompleteAsync(RingToken row, string? identifier, CancellationToken cancellationToken)
    {
        row.Attempts++;
        await context.SaveChangesAsync(cancellationToken);
        var result = await access.CallAsync(row.Id, (token, ct) => ring.SetLinkStatusAsync(token, RingIntegrationStatus.Completed, identifier, ct), forbiddenMeansExpired: false, cancellationToken);
        row = await ReloadAsync(row.Id, cancellationToken);
        if (row.State is not RingTokenState.Confirmed)
        {
            return row;
        }

        // Ring confirmed before and calls the change impossible now: it is completed already (contract 3.5).
        if (result.TryGetValue(out _, out var failure) || failure is RingFailure.Refused { IsInvalidTransition: true })
        {
            return await ActivatedAsync(row, cancellationToken);
        }

        Log.NotCompleted(logger, row.Id, failure.GetType().Name, row.Attempts);
        return await LaterAsync(row, cancellationToken);
    }

    private async Task<RingToken> ConfirmedAsync(RingToken row, CancellationToken cancellationToken)
    {
        row.MoveTo(RingTokenState.Confirmed, clock.GetUtcNow());
        row.SealedNonce = null;
        row.Attempts = 0;
        row.NextAttemptAt = clock.GetUtcNow();
        await context.SaveChangesAsync(cancellationToken);
        return row;
    }

    private async Task<RingToken> ActivatedAsync(RingToken row, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        row.MoveTo(RingTokenState.Active, now);
        row.LinkedAt = now;
        row.Attempts = 0;
        // Still due: the aftermath (cameras, notice) ends it.
        row.NextAttemptAt = now;
        row.ReleaseLease();
        await context.SaveChangesAsync(cancellationToken);
        Log.Linked(logger, row.Id);
        return row;
    }

    /// <summary>Not linked: the tokens are still good, so the row goes back to the pool for a new nonce.</summary>
    private async Task<RingToken> GiveBackAsync(RingToken row, LinkOutcome outcome, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.UsedNonces.Where(used => used.RingTokenId == row.Id && used.Outcome == LinkOutcome.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(used => used.Outcome, outcome), cancellationToken);
        row.MoveTo(RingTokenState.Unclaimed, now);
        row.UserId = null;
        row.SealedNonce = null;
        row.ClaimedAt = null;
        row.ClaimDeadline = null;
        row.RetainFrom = now;
        row.NextAttemptAt = null;
        row.Attempts = 0;
        row.ReleaseLease();
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.GivenBack(logger, row.Id, outcome);
        return row;
    }

    private async Task<RingToken> LaterAsync(RingToken row, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(row.Attempts - 1, 10)), 600));
        row.NextAttemptAt = row.State is RingTokenState.Uncertain && row.ClaimDeadline < now + pause ? row.ClaimDeadline : now + pause;
        if (row.State is RingTokenState.Confirmed && now - row.ClaimedAt > s_completionEffort)
        {
            row.NextAttemptAt = now.AddHours(6);
        }

        row.ReleaseLease();
        await context.SaveChangesAsync(cancellationToken);
        return row;
    }

    private async Task<RingToken?> TakeAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var busyUntil = now + s_lease;
        var taken = await context.RingTokens
            .Where(token => token.Id == id && token.NextAttemptAt <= now
                && (token.State == RingTokenState.Claiming || token.State == RingTokenState.Uncertain || token.State == RingTokenState.Confirmed || token.State == RingTokenState.Active))
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.NextAttemptAt, busyUntil), cancellationToken);
        return taken == 0 ? null : await ReloadAsync(id, cancellationToken);
    }

    private async Task<RingToken> ReloadAsync(Guid id, CancellationToken cancellationToken)
    {
        // The call may have refreshed the tokens through a context of its own.
        context.ChangeTracker.Clear();
        return await context.RingTokens.SingleAsync(token => token.Id == id, cancellationToken);
    }

    private async Task<string?> IdentifierAsync(RingToken row, CancellationToken cancellationToken)
    {
        var email = await context.Users.Where(user => user.Id == row.UserId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);
        return AccountMask.Email(email);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Ring did not confirm {RingTokenId} ({Failure}); attempt {Attempts}")]
        public static partial void NotConfirmed(ILogger logger, Guid ringTokenId, string failure, int attempts);

        [LoggerMessage(2, LogLevel.Warning, "Ring did not complete {RingTokenId} ({Failure}); attempt {Attempts}")]
        public static partial void NotCompleted(ILogger logger, Guid ringTokenId, string failure, int attempts);

        [LoggerMessage(3, LogLevel.Information, "Installation {RingTokenId} is linked")]
        public static partial void Linked(ILogger logger, Guid ringTokenId);

        [LoggerMessage(4, LogLevel.Warning, "Claim of {RingTokenId} ended without a link ({Outcome}); it is back in the pool")]
        public static partial void GivenBack(ILogger logger, Guid ringTokenId, LinkOutcome outcome);
    }
}
