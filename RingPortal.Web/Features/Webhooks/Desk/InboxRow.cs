using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Events;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>A delivery in a list.</summary>
/// <param name="Id">Its key.</param>
/// <param name="ReceivedAt">When it came (UTC).</param>
/// <param name="State">Where it stands.</param>
/// <param name="Type">Ring's event type.</param>
/// <param name="Camera">Name of the camera it is about; null when it is about none that is known.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="NextAttemptAt">When the next one is due (UTC).</param>
/// <param name="SettledAt">When it was settled (UTC).</param>
/// <param name="Words">Outcome, reason or error, as far as there is one.</param>
public sealed record InboxRow(
    Guid Id, DateTimeOffset ReceivedAt, InboxState State, string? Type, string? Camera, int Attempts, DateTimeOffset? NextAttemptAt, DateTimeOffset? SettledAt, string? Words)
{
    /// <summary>Its place in the list.</summary>
    public TimelinePosition Position => new(ReceivedAt, Id);
}

/// <summary>A piece of the inbox, the newest first.</summary>
/// <param name="Rows">The deliveries.</param>
/// <param name="HasOlder">Whether there are older ones.</param>
/// <param name="HasNewer">Whether there are newer ones.</param>
public sealed record InboxPage(IReadOnlyList<InboxRow> Rows, bool HasOlder, bool HasNewer);

/// <summary>How many there are, as far as it is worth counting.</summary>
/// <param name="Count">At most the limit.</param>
/// <param name="More">Whether there are more than that.</param>
public sealed record BoundedCount(long Count, bool More);
