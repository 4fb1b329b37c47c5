using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using RingPortal.Data;
using RingPortal.Data.Account;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Web.Account;

/// <summary>The message that asks a person to confirm their e-mail; its address works for 24 hours inside their own session.</summary>
public sealed class ConfirmationMail(RingPortalContext context, UserManager<PortalUser> users, MailComposer composer, Outbox outbox)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Adds the message to the unit of work at hand; the caller saves.</summary>
    public async Task AddAsync(PortalUser user, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var token = await users.GenerateEmailConfirmationTokenAsync(user);
        // Identity's tokens are Base64; in an address they must not hold +, / and =.
        var code = WebEncoders.Base64UrlEncode(Convert.FromBase64String(token));
        outbox.Add(context, user.Id, MailKind.Confirm, composer.Confirm(user.Email!, code), Lifetime);
    }

    /// <summary>The token inside a code of an address, or null when nobody can have made it.</summary>
    public static string? TokenOf(string? code)
    {
        if (code is not { Length: > 0 and <= 2048 })
        {
            return null;
        }

        try
        {
            return Convert.ToBase64String(WebEncoders.Base64UrlDecode(code));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
