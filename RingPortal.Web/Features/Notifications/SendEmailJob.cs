using RingPortal.Data.Notifications;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Notifications;

/// <summary>
/// Sends what is due. Any number of runs may work at once. A crash between the server's yes and our commit sends a
/// message twice, under the same Message-ID; none is lost.
/// </summary>
public sealed partial class SendEmailJob(
    IServiceScopeFactory scopes, IMailTransport transport, Outbox outbox, Alarms alarms, ILogger<SendEmailJob> logger)
{
    private const int MostPerRun = 200;
    private const int AlarmingAttempt = 5;
    private const string Alarm = "mail.failing";

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Sends due messages until none is left, then drops the text of expired ones.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < MostPerRun; sent++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var scope = scopes.CreateBackgroundScope();
            var queue = scope.ServiceProvider.GetRequiredService<OutboxQueue>();
            if (await queue.TakeAsync(cancellationToken) is not { } email)
            {
                await ExpireAsync(queue, cancellationToken);
                return;
            }

            await HandleAsync(queue, email, cancellationToken);
        }
    }

    /// <summary>1, 2, 4 ... minutes, at most an hour.</summary>
    internal static TimeSpan WaitAfter(int attempts) =>
        attempts > 6 ? LongestWait : TimeSpan.FromMinutes(Math.Pow(2, Math.Max(0, attempts - 1)));

    private async Task HandleAsync(OutboxQueue queue, OutboxEmail email, CancellationToken cancellationToken)
    {
        MailDelivery delivery;
        try
        {
            delivery = await DeliverAsync(email, cancellationToken);
        }
        catch
        {
            // A surprise or a stopping host: the next run need not wait for the lease to end by itself.
            await queue.TryLaterAsync(email, cancellationToken.IsCancellationRequested ? TimeSpan.Zero : WaitAfter(email.Attempts), CancellationToken.None);
            throw;
        }

        await SettleAsync(queue, email, delivery, cancellationToken);
    }

    private async Task<MailDelivery> DeliverAsync(OutboxEmail email, CancellationToken cancellationToken)
    {
        MailMessage message;
        try
        {
            message = outbox.Open(email);
        }
        catch (VaultException)
        {
            return new MailDelivery.Refused("vault");
        }

        return await transport.SendAsync(email.Id, message, cancellationToken);
    }

    private async Task SettleAsync(OutboxQueue queue, OutboxEmail email, MailDelivery delivery, CancellationToken cancellationToken)
    {
        switch (delivery)
        {
            case MailDelivery.Accepted:
                // The message is out: this must be written even when the host stops.
                await queue.SentAsync(email, CancellationToken.None);
                Log.Sent(logger, email.Id, email.Kind);
                if (email.Attempts > 1)
                {
                    await alarms.ResolveAsync(Alarm, cancellationToken);
                }

                break;
            case MailDelivery.Deferred deferred:
                await queue.TryLaterAsync(email, WaitAfter(email.Attempts), CancellationToken.None);
                Log.Deferred(logger, email.Id, email.Kind, email.Attempts, deferred.Reason);
                if (email.Attempts >= AlarmingAttempt)
                {
                    await alarms.RaiseAsync(Alarm, $"E-mails cannot be sent ({deferred.Reason}). Check the Smtp settings and the mail server.", cancellationToken);
                }

                break;
            case MailDelivery.Refused refused:
                await queue.GiveUpAsync(email, CancellationToken.None);
                Log.Refused(logger, email.Id, email.Kind, refused.Reason);
                break;
        }
    }

    private async Task ExpireAsync(OutboxQueue queue, CancellationToken cancellationToken)
    {
        if (await queue.ExpireAsync(cancellationToken) is > 0 and var expired)
        {
            Log.Expired(logger, expired);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Message {EmailId} ({Kind}) was sent.")]
        public static partial void Sent(ILogger logger, Guid emailId, string kind);

        [LoggerMessage(2, LogLevel.Warning, "Message {EmailId} ({Kind}) could not be sent at attempt {Attempt}: {Reason}.")]
        public static partial void Deferred(ILogger logger, Guid emailId, string kind, int attempt, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Message {EmailId} ({Kind}) will never be sent: {Reason}.")]
        public static partial void Refused(ILogger logger, Guid emailId, string kind, string reason);

        [LoggerMessage(4, LogLevel.Warning, "{Count} messages were too old to be sent.")]
        public static partial void Expired(ILogger logger, int count);
    }
}
