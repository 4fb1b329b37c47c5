namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>
/// Applies one kind of event, inside the dispatcher's transaction. Never calls Ring: what needs Ring is written down as work
/// and woken after the commit. Runs again from the start when the transaction is lost.
/// </summary>
internal interface IEventHandler
{
    /// <summary>The types of event it applies.</summary>
    IReadOnlyCollection<string> Types { get; }

    /// <summary>Applies one delivery.</summary>
    Task<HandlingOutcome> HandleAsync(EventHandling handling, CancellationToken cancellationToken);
}
