using System.Collections.Concurrent;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Tests.Notifications;

/// <summary>What lies behind the mail server: keeps what arrives and answers as it is told.</summary>
public sealed class RecordingTransport : IMailTransport
{
    private readonly ConcurrentQueue<(Guid Id, MailMessage Message)> arrived = new();

    public IReadOnlyCollection<(Guid Id, MailMessage Message)> Arrived => arrived;

    /// <summary>How the next messages are answered.</summary>
    public Func<Guid, Task<MailDelivery>> Answer { get; set; } = _ => Task.FromResult<MailDelivery>(new MailDelivery.Accepted());

    public int CountOf(Guid id) => arrived.Count(mail => mail.Id == id);

    public Task<MailDelivery> SendAsync(Guid id, MailMessage message, CancellationToken cancellationToken)
    {
        arrived.Enqueue((id, message));
        return Answer(id);
    }
}
