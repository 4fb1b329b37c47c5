using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Data.Linking;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Linking;

/// <summary>
/// Turns one person's consent into the one claim of an installation: a unique nonce hash and a conditional update in
/// one transaction, so that of any number of browsers exactly one wins (contract 1.4, reliability L2, L3).
/// </summary>
internal sealed partial class LinkClaim(
    RingPortalContext context, PoolMatch pool, TokenVault vault, TimeProvider clock, IOptions<LinkingOptions> options, AuditTrail audit, Alarms alarms, ILogger<LinkClaim> logger)
{
    public static byte[] HashOf(string nonce) => SHA256.HashData(Encoding.UTF8.GetBytes(nonce));

    public async Task<ClaimOutcome> ClaimAsync(LinkTicket ticket, Guid userId, CancellationToken cancellationToken)
    {
        var hash = HashOf(ticket.Nonce);
        if (await UsedAsync(hash, userId, cancellationToken) is { } used)
        {
            return used;
        }

        var now = clock.GetUtcNow();
        var fresh = LinkFreshness.Judge(ticket.Time, now, options.Value.Window, options.Value.Skew) is LinkAge.Fresh;
        var match = await pool.FindAsync(ticket, cancellationToken);
        if (!fresh || match is null)
        {
            return new ClaimOutcome.NoMatch();
        }

        try
        {
            return await ClaimAsync(ticket, match, hash, userId, now, cancellationToken);
        }
        catch (Exception exception) when (ConstraintOf(exception) is { } constraint)
        {
            context.ChangeTracker.Clear();
            return constraint == "ux_ring_tokens_living_account"
                ? new ClaimOutcome.Elsewhere()
                : await UsedAsync(hash, userId, cancellationToken) ?? new ClaimOutcome.NoMatch();
        }
    }

    private async Task<ClaimOutcome> ClaimAsync(LinkTicket ticket, Match match, byte[] hash, Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        context.UsedNonces.Add(new UsedNonce
        {
            NonceHash = hash,
            UserId = userId,
            RingTokenId = match.RingTokenId,
            UsedAt = now,
            Reference = References.New(),
        });
        await context.SaveChangesAsync(cancellationToken);
        var sealedNonce = vault.Seal(match.RingTokenId, VaultColumns.Nonce, ticket.Nonce);
        var deadline = ticket.Deadline(options.Value.Window);
        var won = await context.Database.ExecuteSqlAsync(
            $"""
            UPDATE ring_tokens SET state = 'CLAIMING', user_id = {userId}, claimed_at = {now}, claim_deadline = {deadline}, sealed_nonce = {sealedNonce},
                   state_changed_at = {now}, next_attempt_at = {now}, attempts = 0, outcome_unknown = false
            WHERE id = {match.RingTokenId} AND state = 'UNCLAIMED' AND NOT EXISTS (SELECT FROM erasures WHERE user_id = {userId})
            """,
            cancellationToken);
        if (won == 0)
        {
            // Between the look and the claim another nonce of the same account won, the pool was cleaned, or the person left.
            await transaction.RollbackAsync(cancellationToken);
            context.ChangeTracker.Clear();
            return new ClaimOutcome.NoMatch();
        }

        await RetireOlderAsync(match, now, cancellationToken);
        await DisconnectedAccounts.ForgetAsync(context, match.AccountId, cancellationToken);
        await audit.AddAsync(
            context, new AuditEntry("link.claimed", AuditActor.Person) { ActorUserId = userId, SubjectUserId = userId, Target = $"link:{match.RingTokenId}" }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Claimed(logger, match.RingTokenId, userId);
        return new ClaimOutcome.Claimed(match.RingTokenId);
    }

    /// <summary>The person started again in the Ring app: only the newest installation counts (contract 4.4.5).</summary>
    private Task<int> RetireOlderAsync(Match match, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlAsync(
            $"""
            UPDATE ring_tokens SET state = 'EXPIRED', state_changed_at = {now}, sealed_access_token = NULL, sealed_refresh_token = NULL,
                   sealed_nonce = NULL, access_expires_at = NULL, next_attempt_at = NULL, lease_id = NULL, lease_until = NULL, version = version + 1
            WHERE account_id = {match.AccountId} AND state = 'UNCLAIMED' AND id <> {match.RingTokenId}
            """,
            cancellationToken);

    private async Task<ClaimOutcome?> UsedAsync(byte[] hash, Guid userId, CancellationToken cancellationToken)
    {
        var used = await context.UsedNonces.AsNoTracking().SingleOrDefaultAsync(nonce => nonce.NonceHash == hash, cancellationToken);
        if (used is null)
        {
            return null;
        }

        if (used.UserId == userId && used.RingTokenId is { } claimed)
        {
            return new ClaimOutcome.Claimed(claimed);
        }

        Log.SecondBrowser(logger, used.RingTokenId);
        await alarms.RaiseAsync("nonce.second-account", "Two accounts presented the same request from Ring; the first consent won. Somebody may have copied the address.", cancellationToken);
        return new ClaimOutcome.NoMatch();
    }

    private static string? ConstraintOf(Exception exception) =>
        (exception as PostgresException ?? exception.InnerException as PostgresException) is { SqlState: PostgresErrorCodes.UniqueViolation } violation
            ? violation.ConstraintName
            : null;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Installation {RingTokenId} is claimed by {UserId}")]
        public static partial void Claimed(ILogger logger, Guid ringTokenId, Guid userId);

        [LoggerMessage(2, LogLevel.Warning, "A second account presented the nonce that claimed {RingTokenId}")]
        public static partial void SecondBrowser(ILogger logger, Guid? ringTokenId);
    }
}
