using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Web.Jobs;

/// <summary>
/// Tells people once for each time that Ring needs them to connect again (contract 6.4); a new refusal clears the note of it.
/// The message and the note that it was written are one transaction.
/// </summary>
public sealed class TellRelinkJob(RingPortalContext context, Notices notices, OutboxWake mail, TimeProvider clock)
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(30);

    /// <summary>Runs each minute; a repeat tells nobody twice.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var untold = await context.RingTokens.AsNoTracking()
            .Where(token => token.State == RingTokenState.ReauthRequired && token.RelinkNoticeAt == null)
            .OrderBy(token => token.StateChangedAt)
            .Select(token => new { token.Id, token.UserId, token.MaskedAccount, token.RefreshFailingSince })
            .Take(100).ToListAsync(cancellationToken);
        foreach (var link in untold)
        {
            var notice = new ReconnectNotice(link.MaskedAccount ?? "Ring", link.RefreshFailingSince ?? now, (link.RefreshFailingSince ?? now) + s_kept);
            await TellAsync(link.Id, link.UserId!.Value, notice, now, cancellationToken);
        }
    }

    private async Task TellAsync(Guid ringTokenId, Guid userId, ReconnectNotice notice, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var first = await context.RingTokens
            .Where(token => token.Id == ringTokenId && token.State == RingTokenState.ReauthRequired && token.RelinkNoticeAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(token => token.RelinkNoticeAt, (DateTimeOffset?)now), cancellationToken);
        var written = first > 0 && await notices.ReconnectAsync(context, userId, notice, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (written)
        {
            mail.Wake();
        }
    }
}
