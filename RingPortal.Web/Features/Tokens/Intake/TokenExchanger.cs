using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Tokens.Intake;

/// <summary>
/// Redeems one code (contract 3.1). Before the code is sent the row says that the outcome is unknown; only a definite
/// answer takes that back, so a crash between Ring's answer and our commit is seen and never guessed away.
/// </summary>
internal sealed partial class TokenExchanger(
    RingPortalContext context, TokenVault vault, RingOAuthClient oauth, TimeProvider clock, AuditTrail audit, Alarms alarms, PortalMetrics metrics, ILogger<TokenExchanger> logger)
{
    /// <summary>Whether the row now has tokens, so that its account can be looked up.</summary>
    public async Task<bool> RedeemAsync(RingToken row, CancellationToken cancellationToken)
    {
        var wasUnknown = row.OutcomeUnknown;
        if (row.SealedCode is null || clock.GetUtcNow() - row.ReceivedAt > ExchangeSchedule.End)
        {
            await GiveUpAsync(row, wasUnknown, cancellationToken);
            return false;
        }

        row.OutcomeUnknown = true;
        row.Attempts++;
        await context.SaveChangesAsync(cancellationToken);
        var code = vault.Open(row.Id, VaultColumns.Code, row.SealedCode);
        var verifier = row.SealedCodeVerifier is null ? null : vault.Open(row.Id, VaultColumns.CodeVerifier, row.SealedCodeVerifier);
        var result = await oauth.RedeemAsync(code, verifier, cancellationToken);
        if (result.TryGetValue(out var tokens, out var failure))
        {
            await KeepAsync(row, tokens, cancellationToken);
            return true;
        }

        await FailedAsync(row, failure, wasUnknown, cancellationToken);
        return false;
    }

    private async Task KeepAsync(RingToken row, RingTokenSet tokens, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        row.SealedAccessToken = vault.Seal(row.Id, VaultColumns.AccessToken, tokens.AccessToken);
        row.SealedRefreshToken = tokens.RefreshToken is null ? null : vault.Seal(row.Id, VaultColumns.RefreshToken, tokens.RefreshToken);
        row.AccessExpiresAt = now + tokens.ExpiresIn;
        row.RefreshedAt = now;
        row.Scope = tokens.Scope;
        row.SealedCode = null;
        row.SealedCodeVerifier = null;
        row.OutcomeUnknown = false;
        row.Attempts = 0;
        row.NextAttemptAt = now;
        row.Version++;
        row.MoveTo(RingTokenState.Exchanged, now);
        row.ReleaseLease();
        // Nobody's yet: only a claim tells whose it is.
        await audit.AddAsync(context, new AuditEntry("token.exchanged", AuditActor.Ring) { Target = $"link:{row.Id}" }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        metrics.CodeReceived("exchanged");
    }

    private async Task FailedAsync(RingToken row, RingFailure failure, bool wasUnknown, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (failure is RingFailure.Refused { IsAboutOurCredentials: true })
        {
            await alarms.RaiseAsync("ring.credentials", "Ring refuses our client id or secret. Check Ring__ClientId and Ring__ClientSecret; nobody can connect until then.", cancellationToken);
        }

        var refused = failure is RingFailure.Unauthorized or RingFailure.Refused { IsAboutOurCredentials: false };
        if (refused && (now - row.ReceivedAt > ExchangeSchedule.EarlyRefusal || row.Attempts >= 3))
        {
            await RefusedAsync(row, wasUnknown, cancellationToken);
            return;
        }

        // A refusal or a refused connection is definite: this attempt spent nothing. Earlier doubt stays.
        row.OutcomeUnknown = wasUnknown || failure is RingFailure.OutcomeUnknown or RingFailure.Unreadable;
        row.NextAttemptAt = now + ExchangeSchedule.After(row.Attempts);
        row.ReleaseLease();
        await context.SaveChangesAsync(cancellationToken);
        Log.Again(logger, row.Id, failure.GetType().Name, row.Attempts);
    }

    private async Task RefusedAsync(RingToken row, bool wasUnknown, CancellationToken cancellationToken)
    {
        if (wasUnknown)
        {
            await GiveUpAsync(row, wasUnknown, cancellationToken);
            return;
        }

        // Anybody can post invented codes: what Ring does not know leaves nothing but a count.
        context.RingTokens.Remove(row);
        await context.SaveChangesAsync(cancellationToken);
        metrics.CodeReceived("refused");
        Log.Refused(logger, row.Id);
    }

    private async Task GiveUpAsync(RingToken row, bool wasUnknown, CancellationToken cancellationToken)
    {
        row.End(wasUnknown ? RingTokenState.Failed : RingTokenState.Expired, clock.GetUtcNow());
        if (wasUnknown)
        {
            await audit.AddAsync(context, new AuditEntry("token.lost", AuditActor.Portal) { Target = $"link:{row.Id}" }, cancellationToken);
        }

        await context.SaveChangesAsync(cancellationToken);
        metrics.CodeReceived(wasUnknown ? "lost" : "expired");
        if (wasUnknown)
        {
            await alarms.RaiseAsync("code.lost", "A code may have been redeemed without us keeping the tokens. Its user sees \"not found\" and has to remove and add the app again.", cancellationToken);
        }

        Log.GivenUp(logger, row.Id, row.State);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Code of {RingTokenId} was not redeemed ({Failure}); attempt {Attempts}")]
        public static partial void Again(ILogger logger, Guid ringTokenId, string failure, int attempts);

        [LoggerMessage(2, LogLevel.Information, "Ring does not know the code of {RingTokenId}; the row is deleted")]
        public static partial void Refused(ILogger logger, Guid ringTokenId);

        [LoggerMessage(3, LogLevel.Warning, "Code of {RingTokenId} is given up: {State}")]
        public static partial void GivenUp(ILogger logger, Guid ringTokenId, RingTokenState state);
    }
}
