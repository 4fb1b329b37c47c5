using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Components;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Account;

/// <summary>Asks to confirm the e-mail until that is done.</summary>
internal sealed class VerifyBanner(IServiceScopeFactory scopes, Texts texts) : IBannerSource
{
    public int Order => 30;

    public async Task<Banner?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id))
        {
            return null;
        }

        // A scope of its own: the shell asks while the page may be using the circuit's or request's context.
        await using var scope = scopes.CreateAsyncScope();
        var email = await scope.ServiceProvider.GetRequiredService<RingPortalContext>().Users
            .Where(person => person.Id == id && !person.EmailConfirmed)
            .Select(person => person.Email)
            .FirstOrDefaultAsync(cancellationToken);
        return email is null
            ? null
            : new Banner(
                nameof(StatusKind.Info), texts.Format("auth.verify.body", ("email", email)),
                ActionText: texts["auth.verify.action"], PostUrl: AccountEndpoints.SendAgain);
    }
}
