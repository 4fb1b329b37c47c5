namespace RingPortal.Web.Features.Notifications;

/// <summary>The border to the outside: a mail server, or in Development a folder.</summary>
public interface IMailTransport
{
    /// <summary>Hands one message over. Expected failures are outcomes, not exceptions.</summary>
    /// <param name="id">The message's row; becomes its Message-ID, so that a second delivery after a crash can be recognised.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up; nothing is known about the outcome then.</param>
    Task<MailDelivery> SendAsync(Guid id, MailMessage message, CancellationToken cancellationToken);
}
