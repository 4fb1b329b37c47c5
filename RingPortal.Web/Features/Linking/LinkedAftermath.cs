using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Devices;
using RingPortal.Data.Linking;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Features.Webhooks;
using RingPortal.Web.Hosting;
using RingPortal.Web.Jobs;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Linking;

/// <summary>
/// What follows a link: the cameras in one call, then the end of the claim and the notice to its owner in one
/// transaction, so that there is never a second notice. Events that waited for the link become due, and plans are read. Repeated by the same job until Ring lists the cameras.
/// </summary>
internal sealed partial class LinkedAftermath(
    RingPortalContext context, DeviceSync devices, Notices notices, OutboxWake mail, InboxWake inbox, WorkWake work, TimeProvider clock, PortalMetrics metrics, ILogger<LinkedAftermath> logger)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(10);

    // While a person may be looking at the page, Ring's recovery is noticed soon.
    private static readonly TimeSpan s_watched = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_watchedPause = TimeSpan.FromSeconds(10);

    public async Task RunAsync(Guid ringTokenId, CancellationToken cancellationToken)
    {
        var listed = await devices.SyncAsync(ringTokenId, RingPriority.Interactive, cancellationToken);
        context.ChangeTracker.Clear();
        var row = await context.RingTokens.SingleAsync(token => token.Id == ringTokenId, cancellationToken);
        if (row is not { State: RingTokenState.Active, UserId: { } userId })
        {
            return;
        }

        if (!listed.IsSuccess)
        {
            row.Attempts++;
            var now = clock.GetUtcNow();
            var longest = now - row.LinkedAt < s_watched ? s_watchedPause : s_longestPause;
            var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(row.Attempts - 1, 10)));
            row.NextAttemptAt = now + (pause < longest ? pause : longest);
            await context.SaveChangesAsync(cancellationToken);
            Log.NotListed(logger, ringTokenId, listed.Failure.GetType().Name);
            return;
        }

        row.NextAttemptAt = null;
        row.Attempts = 0;
        await EndAsync(row, userId, listed.Value, cancellationToken);
    }

    private async Task EndAsync(RingToken row, Guid userId, int cameras, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var ended = await context.UsedNonces
            .Where(used => used.RingTokenId == row.Id && used.UserId == userId && used.Outcome == LinkOutcome.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(used => used.Outcome, LinkOutcome.Linked), cancellationToken);
        var noticed = ended > 0 && await notices.ConnectedAsync(
            context, userId, new ConnectedNotice(row.MaskedAccount ?? "Ring", cameras, row.LinkedAt!.Value, RingAccountEndpoints.DisconnectPath(row.Id)), cancellationToken);
        var now = clock.GetUtcNow();
        await context.AskAsync(row.Id, SyncKind.Subscriptions, "", now, cancellationToken);
        await InboxParking.ReleaseAsync(context, row.Id, row.AccountId!, now, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        inbox.Signal();
        work.Sync(SyncKind.Subscriptions, row.Id);
        if (noticed)
        {
            mail.Wake();
        }

        if (ended > 0)
        {
            metrics.LinkFinished("linked");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The cameras of {RingTokenId} could not be listed yet ({Failure})")]
        public static partial void NotListed(ILogger logger, Guid ringTokenId, string failure);
    }
}
