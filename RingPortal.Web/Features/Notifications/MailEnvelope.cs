using Microsoft.Extensions.Options;
using MimeKit;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Notifications;

/// <summary>Makes the message as it travels: text and HTML side by side, with our sender.</summary>
internal sealed class MailEnvelope(IOptions<SmtpOptions> smtp, IOptions<PortalOptions> portal, TimeProvider time)
{
    /// <summary>Null when the recipient's address cannot be written into a message.</summary>
    public MimeMessage? Wrap(Guid id, MailMessage message)
    {
        if (!MailboxAddress.TryParse(message.To, out var to))
        {
            return null;
        }

        var host = portal.Value.Address("/").Host;
        var from = MailboxAddress.TryParse(smtp.Value.From ?? "", out var sender) ? sender : new MailboxAddress(null, $"no-reply@{host}");
        var mime = new MimeMessage
        {
            Subject = message.Subject,
            Date = time.GetUtcNow(),
            MessageId = $"{id:N}@{host}",
            Body = new BodyBuilder { TextBody = message.Text, HtmlBody = message.Html }.ToMessageBody(),
        };
        mime.From.Add(new MailboxAddress(string.IsNullOrEmpty(from.Name) ? portal.Value.AppName : from.Name, from.Address));
        mime.To.Add(to);
        mime.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        if (message.Unsubscribe is { } stop)
        {
            // One click in the mail program itself (RFC 8058).
            mime.Headers.Add(HeaderId.ListUnsubscribe, $"<{stop.AbsoluteUri}>");
            mime.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        return mime;
    }
}
