using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Audit;
using RingPortal.Data.Linking;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Linking;

/// <summary>
/// The changes of a running claim. The state is a concurrency token: a worker that was frozen while another went on
/// changes nothing when it wakes.
/// </summary>
internal sealed partial class ClaimRows(RingPortalContext context, AuditTrail audit, TimeProvider clock, PortalMetrics metrics, ILogger<ClaimRows> logger)
{
    /// <summary>How long a row is somebody's once its step was begun.</summary>
    public static readonly TimeSpan Busy = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan s_watched = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_completionEffort = TimeSpan.FromHours(24);

    /// <summary>The row, if its next step is due and nobody is at it; it is not due for anybody else for a while then.</summary>
    public async Task<RingToken?> TakeAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var busyUntil = now + Busy;
        var taken = await context.RingTokens
            .Where(token => token.Id == id && token.NextAttemptAt <= now && RingTokenTransitions.Unfinished.Contains(token.State))
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.NextAttemptAt, busyUntil), cancellationToken);
        return taken == 0 ? null : await ReloadAsync(id, cancellationToken);
    }

    /// <summary>The row as it is now: a call may have refreshed the tokens through a context of its own.</summary>
    public async Task<RingToken> ReloadAsync(Guid id, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        return await context.RingTokens.SingleAsync(token => token.Id == id, cancellationToken);
    }

    /// <summary>Before the request leaves: from here on Ring's answer may be lost.</summary>
    public Task AttemptAsync(RingToken row, RingTokenState during, CancellationToken cancellationToken)
    {
        row.MoveTo(during, clock.GetUtcNow());
        row.Attempts++;
        return context.SaveChangesAsync(cancellationToken);
    }

    public async Task ConfirmedAsync(RingToken row, CancellationToken cancellationToken)
    {
        row.MoveTo(RingTokenState.Confirmed, clock.GetUtcNow());
        row.SealedNonce = null;
        row.Attempts = 0;
        row.NextAttemptAt = clock.GetUtcNow();
        await RecordAsync(row, "link.confirmed", cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task ActivatedAsync(RingToken row, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        row.MoveTo(RingTokenState.Active, now);
        row.LinkedAt = now;
        row.Attempts = 0;
        // Still due: the aftermath (cameras, notice) ends it.
        row.NextAttemptAt = now;
        await RecordAsync(row, "link.active", cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        Log.Linked(logger, row.Id);
    }

    /// <summary>Not linked: the tokens are still good, so the row goes back to the pool for a new nonce.</summary>
    public async Task GiveBackAsync(RingToken row, LinkOutcome outcome, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.UsedNonces.Where(used => used.RingTokenId == row.Id && used.Outcome == LinkOutcome.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(used => used.Outcome, outcome), cancellationToken);
        await RecordAsync(row, outcome is LinkOutcome.Refused ? "link.refused" : "link.timed-out", cancellationToken);
        row.MoveTo(RingTokenState.Unclaimed, now);
        row.UserId = null;
        row.SealedNonce = null;
        row.ClaimedAt = null;
        row.ClaimDeadline = null;
        row.RetainFrom = now;
        row.NextAttemptAt = null;
        row.Attempts = 0;
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        metrics.LinkFinished(outcome is LinkOutcome.Refused ? "refused" : "timed_out");
        Log.GivenBack(logger, row.Id, outcome);
    }

    /// <summary>Tries again later, with growing pauses; a confirmation once more at its deadline, a completion for a day.</summary>
    public Task LaterAsync(RingToken row, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // While a person may be looking at the page, Ring's recovery is noticed soon.
        var longest = now - row.ClaimedAt < s_watched ? 10 : 600;
        var next = now + TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(row.Attempts - 1, 10)), longest));
        row.NextAttemptAt = row.State is RingTokenState.Uncertain && row.ClaimDeadline < next ? row.ClaimDeadline
            : row.State is RingTokenState.Confirmed && now - row.ClaimedAt > s_completionEffort ? now.AddHours(6)
            : next;
        return context.SaveChangesAsync(cancellationToken);
    }

    private Task RecordAsync(RingToken row, string action, CancellationToken cancellationToken) =>
        audit.AddAsync(context, new AuditEntry(action, AuditActor.Ring) { SubjectUserId = row.UserId, Target = $"link:{row.Id}" }, cancellationToken);

    public async Task<string?> MaskedOwnerAsync(RingToken row, CancellationToken cancellationToken) =>
        AccountMask.Email(await context.Users.Where(user => user.Id == row.UserId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Installation {RingTokenId} is linked")]
        public static partial void Linked(ILogger logger, Guid ringTokenId);

        [LoggerMessage(2, LogLevel.Warning, "Claim of {RingTokenId} ended without a link ({Outcome}); it is back in the pool")]
        public static partial void GivenBack(ILogger logger, Guid ringTokenId, LinkOutcome outcome);
    }
}
