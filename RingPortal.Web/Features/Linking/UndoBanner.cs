using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Components;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Linking;

/// <summary>For seven days after a connection its owner is asked whether it was really them, with the way back.</summary>
internal sealed class UndoBanner(IServiceScopeFactory scopes, Texts texts, TimeProvider clock) : IBannerSource
{
    private static readonly TimeSpan s_days = TimeSpan.FromDays(7);

    public int Order => 40;

    public async Task<Banner?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var userId))
        {
            return null;
        }

        var since = clock.GetUtcNow() - s_days;
        // A scope of its own: the shell asks while the page may be using the request's context.
        await using var scope = scopes.CreateAsyncScope();
        var link = await scope.ServiceProvider.GetRequiredService<RingPortalContext>().RingTokens.AsNoTracking()
            .Where(token => token.UserId == userId && token.State == RingTokenState.Active && token.LinkedAt > since)
            .OrderByDescending(token => token.LinkedAt)
            .Select(token => new { token.Id, token.MaskedAccount, token.LinkedAt })
            .FirstOrDefaultAsync(cancellationToken);
        return link is null
            ? null
            : new Banner(
                nameof(StatusKind.Info),
                texts.Format("link.undo.body", ("mask", link.MaskedAccount ?? ""), ("Date", link.LinkedAt!.Value.ToString("d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture))),
                texts["link.undo.action"],
                RingAccountEndpoints.DisconnectPath(link.Id));
    }
}
