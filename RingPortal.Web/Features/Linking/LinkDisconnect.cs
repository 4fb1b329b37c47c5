using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Teardown;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Jobs;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Linking;

/// <summary>
/// Ends a link from our side. Ring offers one-way apps no unlink (contract 3.6): it is told once that the link pauses,
/// and whatever it answers, the tokens are erased and the cameras hidden here at once; a teardown does the rest.
/// </summary>
internal sealed partial class LinkDisconnect(
    RingPortalContext context, LinkAccess access, RingClient ring, TeardownRequests teardowns, LiveViewEnds live, WorkWake wake, FeedOutlet feed, TimeProvider clock, ILogger<LinkDisconnect> logger)
{
    private static readonly TimeSpan s_tellRing = TimeSpan.FromSeconds(2);

    /// <summary>Whether there was such a link of this person; ending it twice is no error.</summary>
    public Task<bool> DisconnectAsync(Guid ringTokenId, Guid userId, CancellationToken cancellationToken) =>
        EndAsync(ringTokenId, userId, tellRing: true, cancellationToken);

    /// <summary>Ends a link that an operator has decided to end; the decision stands in the audit trail already.</summary>
    public Task<bool> EndByOperatorAsync(Guid ringTokenId, Guid userId, CancellationToken cancellationToken) =>
        EndAsync(ringTokenId, userId, tellRing: true, TeardownCause.Operator, cancellationToken);

    /// <inheritdoc cref="DisconnectAsync"/>
    /// <param name="ringTokenId">The link.</param>
    /// <param name="userId">Its person.</param>
    /// <param name="tellRing">False when Ring was told before, or may have been.</param>
    /// <param name="cancellationToken">Stops before the link is ended.</param>
    public Task<bool> EndAsync(Guid ringTokenId, Guid userId, bool tellRing, CancellationToken cancellationToken) =>
        EndAsync(ringTokenId, userId, tellRing, TeardownCause.Person, cancellationToken);

    private async Task<bool> EndAsync(Guid ringTokenId, Guid userId, bool tellRing, TeardownCause cause, CancellationToken cancellationToken)
    {
        var isLiving = await context.RingTokens.AnyAsync(
            token => token.Id == ringTokenId && token.UserId == userId && RingTokenTransitions.Living.Contains(token.State), cancellationToken);
        if (!isLiving)
        {
            return false;
        }

        if (tellRing)
        {
            await TellRingAsync(ringTokenId, cancellationToken);
        }

        await EraseAsync(ringTokenId, cause, cancellationToken);
        Log.Disconnected(logger, ringTokenId, userId, cause);
        return true;
    }

    private async Task TellRingAsync(Guid ringTokenId, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_tellRing);
        try
        {
            await live.EndForLinkAsync(ringTokenId, patience.Token);
            var told = await access.CallAsync(ringTokenId, (token, ct) => ring.SetLinkStatusAsync(token, RingIntegrationStatus.Awaiting, null, ct), patience.Token);
            Log.Told(logger, ringTokenId, told.Failure?.GetType().Name ?? "accepted");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // One try only: the person waits, and erasing here does not depend on it.
            Log.Told(logger, ringTokenId, "no answer");
        }
        catch (VaultException)
        {
            Log.Told(logger, ringTokenId, "not at all, because its token does not open");
        }
    }

    private async Task EraseAsync(Guid ringTokenId, TeardownCause cause, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var row = await context.RingTokens.FromSql($"SELECT * FROM ring_tokens WHERE id = {ringTokenId} FOR UPDATE").SingleAsync(cancellationToken);
        if (!RingTokenTransitions.Living.Contains(row.State))
        {
            return;
        }

        var now = clock.GetUtcNow();
        var work = await teardowns.IntegrationAsync(context, row, RingTokenState.Disconnected, cause, now, inboxId: null, cancellationToken);
        await DisconnectedAccounts.RememberAsync(context, row.AccountId!, now, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new FeedChange(row.UserId!.Value, FeedKind.Connection));
        wake.TearDownIntegration(work.Id);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Link {RingTokenId} of {UserId} was disconnected ({Cause})")]
        public static partial void Disconnected(ILogger logger, Guid ringTokenId, Guid userId, TeardownCause cause);

        [LoggerMessage(2, LogLevel.Information, "Ring was told that link {RingTokenId} pauses: {Answer}")]
        public static partial void Told(ILogger logger, Guid ringTokenId, string answer);
    }
}
