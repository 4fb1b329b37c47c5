using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Notifications;

/// <summary>Development without a mail server: each message becomes a file, whole or not at all.</summary>
internal sealed class FolderMailTransport(MailEnvelope envelope, IOptions<SmtpOptions> options) : IMailTransport
{
    public async Task<MailDelivery> SendAsync(Guid id, MailMessage message, CancellationToken cancellationToken)
    {
        using var mime = envelope.Wrap(id, message);
        if (mime is null)
        {
            return new MailDelivery.Refused("address");
        }

        var folder = Directory.CreateDirectory(options.Value.Folder ?? throw new InvalidOperationException("Smtp__Folder is not set.")).FullName;
        var unfinished = Path.Combine(folder, $"{id:N}.tmp");
        await using (var file = File.Create(unfinished))
        {
            await mime.WriteToAsync(file, cancellationToken);
        }

        // Named by the row: a repeat after a crash replaces the file instead of adding one.
        File.Move(unfinished, Path.Combine(folder, $"{id:N}.eml"), overwrite: true);
        return new MailDelivery.Accepted();
    }
}
