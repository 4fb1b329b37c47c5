namespace RingPortal.Web.Ring;

/// <summary>
/// What the portal reads of a delivery before it stores it (contract 5.4). Everything but the request id may be
/// missing in an authentic delivery.
/// </summary>
/// <param name="RequestId"><c>meta.request_id</c>: key against doubles, at most 200 characters.</param>
/// <param name="AccountId"><c>meta.account_id</c>: the Ring account the event belongs to.</param>
/// <param name="EventType"><c>data.type</c>, known or not.</param>
/// <param name="EventId"><c>data.id</c>: the event's own id; opaque.</param>
/// <param name="Source"><c>data.attributes.source</c>: a device id, an account id or <c>subscriptions</c>.</param>
/// <param name="Time"><c>meta.time</c>: when Ring sent it (UTC).</param>
/// <param name="OccurredAt"><c>data.attributes.timestamp</c>: when it happened (UTC).</param>
public sealed record RingEnvelope(
    string RequestId,
    string? AccountId,
    string? EventType,
    string? EventId,
    string? Source,
    DateTimeOffset? Time,
    DateTimeOffset? OccurredAt)
{
    /// <summary>
    /// Reads a body that Ring signed. Never throws on content: repeated keys, deep nesting, wrong types, texts that
    /// cannot be stored and overlong ids make it unreadable.
    /// </summary>
    public static RingEnvelopeReading TryRead(ReadOnlyMemory<byte> body) => Wire.EnvelopeReader.Read(body);
}
