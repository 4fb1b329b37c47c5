using System.Diagnostics;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>Custody of what Ring signed: one committed row before the answer, never a second one for the same event.</summary>
internal sealed class WebhookInbox(InboxBatcher batcher, AnswerTimes answers, TimeProvider clock)
{
    /// <summary>Stores a delivery.</summary>
    /// <param name="body">As signed; not used any more when this returns its task.</param>
    /// <param name="headers">What is kept of how it came.</param>
    /// <param name="started">Timestamp at which the call began.</param>
    /// <param name="limit">An answer within this time whatever the database does.</param>
    /// <param name="cancellationToken">Ends the waiting; the delivery may be stored all the same.</param>
    public async Task<InboxOutcome> AcceptAsync(ReadOnlyMemory<byte> body, DeliveryHeaders headers, long started, TimeSpan limit, CancellationToken cancellationToken)
    {
        var message = Deliveries.Read(body, clock.GetUtcNow());
        message.Headers = headers.Write();
        var entry = new InboxEntry(message);
        using var activity = PortalActivity.StartOf("webhook.store", ActivityKind.Producer, message.Id);
        batcher.Add(entry);
        var outcome = await entry.OutcomeAsync(limit, cancellationToken);
        activity?.SetTag("ringportal.outcome", outcome.ToString());
        if (outcome is InboxOutcome.Accepted)
        {
            answers.Note(message.Id, started);
        }

        return outcome;
    }
}
