using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Account;

namespace RingPortal.Web.Features.Linking;

/// <summary>A Ring account as its owner sees it.</summary>
/// <param name="Id">Our own key of the link.</param>
/// <param name="MaskedAccount">Masked e-mail, else masked name; null when Ring told neither.</param>
/// <param name="LinkedAt">When it was connected (UTC); null while that is still going on.</param>
/// <param name="Cameras">How many cameras it shares.</param>
/// <param name="State">Where the link stands.</param>
public sealed record RingAccountView(Guid Id, string? MaskedAccount, DateTimeOffset? LinkedAt, int Cameras, RingTokenState State);

/// <summary>The Ring accounts of one person; nobody else's.</summary>
internal sealed class RingAccountQueries(RingPortalContext context)
{
    public async Task<IReadOnlyList<RingAccountView>> OfAsync(Guid userId, CancellationToken cancellationToken) =>
        await Living(userId).OrderBy(token => token.ClaimedAt).Select(View()).ToListAsync(cancellationToken);

    public Task<RingAccountView?> OneAsync(Guid id, Guid userId, CancellationToken cancellationToken) =>
        Living(userId).Where(token => token.Id == id).Select(View()).SingleOrDefaultAsync(cancellationToken);

    /// <summary>The zone in which the person reads times.</summary>
    public async Task<TimeZoneInfo> ZoneAsync(Guid userId, CancellationToken cancellationToken) =>
        TimeZones.OrUtc(await context.Users.Where(user => user.Id == userId).Select(user => user.TimeZone).SingleOrDefaultAsync(cancellationToken));

    private IQueryable<RingToken> Living(Guid userId) =>
        context.RingTokens.AsNoTracking().Where(token => token.UserId == userId && RingTokenTransitions.Living.Contains(token.State));

    private System.Linq.Expressions.Expression<Func<RingToken, RingAccountView>> View() => token => new RingAccountView(
        token.Id, token.MaskedAccount, token.LinkedAt, context.Devices.Count(device => device.RingTokenId == token.Id), token.State);
}
