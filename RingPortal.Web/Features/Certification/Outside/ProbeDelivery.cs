using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RingPortal.Web.Features.Webhooks.Handlers;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Certification.Outside;

/// <summary>
/// An event that the portal sends itself. It names no Ring account, so that it can never belong to a household, and has a type
/// of its own, by which the dispatcher throws it away; Ring alone could sign another of this type, and would gain nothing.
/// </summary>
internal sealed class ProbeDelivery
{
    /// <summary>Its type; none of Ring's.</summary>
    public const string EventType = "ringportal.certification.check";

    private ProbeDelivery(string requestId, byte[] body) => (RequestId, Body) = (requestId, body);

    /// <summary>What the dispatcher does with it.</summary>
    public static HandlingOutcome Outcome { get; } = HandlingOutcome.Done("own check, thrown away") with { DropsBody = true };

    /// <summary>Its request id, by which its row is found.</summary>
    public string RequestId { get; }

    /// <summary>The bytes to sign and send.</summary>
    public byte[] Body { get; }

    /// <summary>Makes a new one in the form of Ring's envelope 1.1 (contract 5.4).</summary>
    public static ProbeDelivery New(DateTimeOffset now)
    {
        var id = $"ringportal-check-{Guid.NewGuid():N}";
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"meta": {"version": "1.1", "time": "{{now.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffffZ}}", "request_id": "{{id}}"}, "data": {"id": "{{id}}", "type": "{{EventType}}", "attributes": {"source_type": "devices", "timestamp": {{now.ToUnixTimeMilliseconds()}}, "note": "Haustür \/ Garten"} } }""");
        return new ProbeDelivery(id, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>The value of Ring's signature header for a body under a key (contract 5.2).</summary>
    public static string Sign(string hmacKey, byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(hmacKey), body));

    /// <summary>The call that delivers it.</summary>
    /// <param name="address">The Webhook URL.</param>
    /// <param name="signature">The signature header; none when null.</param>
    /// <param name="pause">How long the body stops in its middle; not at all when null.</param>
    public HttpRequestMessage Request(Uri address, string? signature, TimeSpan? pause = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = pause is { } length ? new SlowContent(Body, length) : new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = new("application/json");
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation(RingWebhookSignature.HeaderName, signature);
        }

        return request;
    }
}
