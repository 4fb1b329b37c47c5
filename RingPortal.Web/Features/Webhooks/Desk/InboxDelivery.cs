using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Webhooks.Dispatch;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>A delivery with all that operators see of it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="RequestId">Ring's request id, or the hash of its body.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Type">Ring's event type.</param>
/// <param name="MaskedAccount">The Ring account it belongs to, masked; null when nobody holds it.</param>
/// <param name="Device">The camera it is about, by our own key; null when it is about none that is known.</param>
/// <param name="Camera">The name of that camera.</param>
/// <param name="OccurredAt">When it happened at Ring (UTC).</param>
/// <param name="ReceivedAt">When it came (UTC).</param>
/// <param name="AnsweredIn">How long Ring waited for our answer (ms), where that is known.</param>
/// <param name="Tries">Its tries, oldest first, as far as they are recorded.</param>
/// <param name="Attempts">How many tries count.</param>
/// <param name="NextAttemptAt">When the next one is due (UTC).</param>
/// <param name="SettledAt">When it was settled (UTC).</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Reason">Why it is in quarantine.</param>
/// <param name="LastError">What went wrong last.</param>
/// <param name="Facts">The headers that matter.</param>
/// <param name="Payload">The payload, personal fields folded; null when it was not kept or is no JSON.</param>
/// <param name="Size">Bytes of the payload; 0 when it was not kept.</param>
public sealed record InboxDelivery(
    Guid Id, string RequestId, InboxState State, string? Type, string? MaskedAccount, Guid? Device, string? Camera, DateTimeOffset? OccurredAt, DateTimeOffset ReceivedAt, int? AnsweredIn,
    IReadOnlyList<DeliveryTry> Tries, int Attempts, DateTimeOffset? NextAttemptAt, DateTimeOffset? SettledAt, string? Outcome, string? Reason, string? LastError,
    DeliveryFacts? Facts, string? Payload, int Size);

/// <summary>The headers that matter.</summary>
/// <param name="SignedWith">Which key signed: <c>current</c> or <c>previous</c>.</param>
/// <param name="Host">Host name that the caller used.</param>
/// <param name="ContentType">As sent.</param>
/// <param name="UserAgent">As sent.</param>
public sealed record DeliveryFacts(string SignedWith, string? Host, string? ContentType, string? UserAgent);
