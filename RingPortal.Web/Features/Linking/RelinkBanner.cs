using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Components;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Linking;

/// <summary>Ring refuses to renew the access: only the person can help, in the Ring app.</summary>
internal sealed class RelinkBanner(IServiceScopeFactory scopes, Texts texts) : IBannerSource
{
    public int Order => 10;

    public async Task<Banner?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var userId))
        {
            return null;
        }

        // A scope of its own: the shell asks while the page may be using the request's context.
        await using var scope = scopes.CreateAsyncScope();
        var link = await scope.ServiceProvider.GetRequiredService<RingPortalContext>().RingTokens.AsNoTracking()
            .Where(token => token.UserId == userId && token.State == RingTokenState.ReauthRequired)
            .Select(token => new { token.MaskedAccount })
            .FirstOrDefaultAsync(cancellationToken);
        return link is null
            ? null
            : new Banner(
                nameof(StatusKind.Error), texts.Format("acc.relink.body", ("mask", link.MaskedAccount ?? "")), texts["acc.relink.action"], "/help#again",
                Title: texts["acc.relink.title"]);
    }
}
