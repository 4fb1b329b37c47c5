namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>Custody of what Ring signed: one committed row before the answer, never a second one for the same event.</summary>
internal sealed class WebhookInbox(InboxBatcher batcher, TimeProvider clock)
{
    /// <summary>Stores a delivery.</summary>
    /// <param name="body">As signed; not used any more when this returns its task.</param>
    /// <param name="limit">An answer within this time whatever the database does.</param>
    /// <param name="cancellationToken">Ends the waiting; the delivery may be stored all the same.</param>
    public Task<InboxOutcome> AcceptAsync(ReadOnlyMemory<byte> body, TimeSpan limit, CancellationToken cancellationToken)
    {
        var entry = new InboxEntry(Deliveries.Read(body, clock.GetUtcNow()));
        batcher.Add(entry);
        return entry.OutcomeAsync(limit, cancellationToken);
    }
}
