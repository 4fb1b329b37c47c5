using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Account;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Linking;

/// <summary>What the link pages show.</summary>
internal sealed class LinkQueries(RingPortalContext context, PoolMatch pool, IOptions<LinkingOptions> options, TimeProvider clock)
{
    public Task<bool> UsedByAsync(LinkTicket ticket, Guid userId, CancellationToken cancellationToken)
    {
        var hash = LinkClaim.HashOf(ticket.Nonce);
        return context.UsedNonces.AnyAsync(used => used.NonceHash == hash && used.UserId == userId, cancellationToken);
    }

    /// <summary>The consent to ask for; null when nothing matches or the time is over. The work is the same either way.</summary>
    public async Task<ConsentView?> ConsentAsync(LinkTicket ticket, FreshSignIn person, CancellationToken cancellationToken)
    {
        var match = await pool.FindAsync(ticket, cancellationToken);
        var fresh = LinkFreshness.Judge(ticket.Time, clock.GetUtcNow(), options.Value.Window, options.Value.Skew) is LinkAge.Fresh;
        return match is null || !fresh ? null : await ConsentAsync(match, person, cancellationToken);
    }

    private async Task<ConsentView?> ConsentAsync(Match match, FreshSignIn person, CancellationToken cancellationToken)
    {
        var cameras = await context.Inbox
            .Where(message => message.AccountId == match.AccountId && message.EventType == "device_added" && message.Source != null)
            .Select(message => message.Source).Distinct().CountAsync(cancellationToken);
        var others = await context.RingTokens
            .Where(token => token.UserId == person.UserId && token.AccountId != match.AccountId && RingTokenTransitions.Living.Contains(token.State))
            .OrderBy(token => token.LinkedAt).Select(token => token.MaskedAccount).ToListAsync(cancellationToken);
        return await context.RingTokens.AsNoTracking()
            .Where(token => token.Id == match.RingTokenId)
            .Select(token => new ConsentView(
                token.MaskedAccount, token.MaskedName, token.ReceivedAt, cameras == 0 ? null : cameras, person.Email, others.OfType<string>().ToList()))
            .SingleOrDefaultAsync(cancellationToken);
    }
}
