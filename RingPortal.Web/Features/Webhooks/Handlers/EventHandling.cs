using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Webhooks.Dispatch;

namespace RingPortal.Web.Features.Webhooks.Handlers;

/// <summary>One delivery in the hands of its handler: the transaction it works in, and what is to be told after the commit.</summary>
/// <param name="Context">The unit of work; the dispatcher saves and commits it together with the outcome.</param>
/// <param name="Message">The delivery; its Ring account is known.</param>
/// <param name="Link">The living link of that Ring account; null when nobody holds it.</param>
/// <param name="Now">The time of processing (UTC).</param>
/// <param name="Aftermath">What follows the commit.</param>
/// <param name="Lookups">What was read for the whole batch.</param>
internal sealed record EventHandling(
    RingPortalContext Context, InboxMessage Message, RingToken? Link, DateTimeOffset Now, Aftermath Aftermath, BatchLookups Lookups)
{
    /// <summary>When it happened, as well as anybody can tell (UTC).</summary>
    public DateTimeOffset OccurredAt => Message.OccurredAt ?? Message.ReceivedAt;
}
