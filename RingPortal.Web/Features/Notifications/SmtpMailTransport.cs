using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace RingPortal.Web.Features.Notifications;

/// <summary>Hands messages to a mail server, one connection each: there are few of them and a stale connection costs more.</summary>
internal sealed class SmtpMailTransport(MailEnvelope envelope, IOptions<SmtpOptions> options) : IMailTransport
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<MailDelivery> SendAsync(Guid id, MailMessage message, CancellationToken cancellationToken)
    {
        using var mime = envelope.Wrap(id, message);
        if (mime is null)
        {
            return new MailDelivery.Refused("address");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            await HandOverAsync(mime, deadline.Token);
            return new MailDelivery.Accepted();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new MailDelivery.Deferred("timeout");
        }
        catch (Exception failure) when (Outcome(failure) is { } outcome)
        {
            return outcome;
        }
    }

    private async Task HandOverAsync(MimeMessage mime, CancellationToken cancellationToken)
    {
        var smtp = options.Value;
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        await client.ConnectAsync(smtp.Host!, smtp.Port, Security(smtp), cancellationToken);
        if (!string.IsNullOrEmpty(smtp.User))
        {
            await client.AuthenticateAsync(smtp.User, smtp.Password ?? "", cancellationToken);
        }

        await client.SendAsync(mime, cancellationToken);
        await client.DisconnectAsync(quit: false, CancellationToken.None);
    }

    private static SecureSocketOptions Security(SmtpOptions smtp) => smtp.Security switch
    {
        SmtpSecurity.None => SecureSocketOptions.None,
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
        _ when smtp.Port == 465 => SecureSocketOptions.SslOnConnect,
        _ when smtp.Host is "localhost" or "127.0.0.1" or "::1" => SecureSocketOptions.StartTlsWhenAvailable,
        _ => SecureSocketOptions.StartTls,
    };

    // Replies of servers quote addresses: only the code goes on.
    private static MailDelivery? Outcome(Exception failure) => failure switch
    {
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: >= (SmtpStatusCode)500 } refused
            => new MailDelivery.Refused($"reply {(int)refused.StatusCode}"),
        SmtpCommandException reply => new MailDelivery.Deferred($"reply {(int)reply.StatusCode}"),
        AuthenticationException or ProtocolException or SslHandshakeException or ServiceNotConnectedException or NotSupportedException
            or IOException or SocketException or TimeoutException => new MailDelivery.Deferred(failure.GetType().Name),
        _ => null,
    };
}
