using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Web.Account.Reset;

/// <summary>Sends the address at which a new password is chosen.</summary>
internal sealed class ResetMail(IServiceScopeFactory scopes, MailComposer composer, Outbox outbox, OutboxWake wake, SignInLimits limits, ILookupNormalizer normalizer)
{
    /// <summary>
    /// Sends it if there is such an account; how long to wait when this was asked for too often. Looked up after the answer has
    /// left: otherwise its duration would tell which accounts there are.
    /// </summary>
    public TimeSpan? SendLater(HttpContext http, string email)
    {
        var name = normalizer.NormalizeEmail(email.Trim());
        if (limits.Reset(http, name) is { } wait)
        {
            return wait;
        }

        http.Response.OnCompleted(() => SendAsync(name, CancellationToken.None));
        return null;
    }

    /// <summary>The token inside a code of an address, or null when nobody can have made it.</summary>
    public static string? TokenOf(string? code) => ConfirmationMail.TokenOf(code);

    private async Task SendAsync(string normalizedEmail, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var (users, context) = (services.GetRequiredService<UserManager<PortalUser>>(), services.GetRequiredService<RingPortalContext>());
        if (await users.FindByEmailAsync(normalizedEmail) is not { Email: { } email } user)
        {
            return;
        }

        var code = WebEncoders.Base64UrlEncode(Convert.FromBase64String(await users.GeneratePasswordResetTokenAsync(user)));
        // To unconfirmed addresses too: it is the mailbox that proves whose account it is (X19).
        outbox.Add(context, user.Id, MailKind.Reset, composer.Reset(email, user.Id, code), ResetTokens.Lifetime);
        await services.GetRequiredService<AuditTrail>().AddAsync(context, new AuditEntry("account.reset-asked", AuditActor.Portal) { SubjectUserId = user.Id }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        wake.Wake();
    }
}
