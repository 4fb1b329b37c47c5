using System.Security.Cryptography;
using RingPortal.Web.Features.Certification.Outside;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>An event signed with another key, and one without a signature: both are refused and nothing is stored.</summary>
internal sealed class WebhookSignatureCheck(WebhookProbing probing) : ICertificationCheck
{
    public string Item => "before.webhook.signature";

    public Task<CheckFinding> RunAsync(CancellationToken cancellationToken) => probing.WithProbeAsync(
        async probe =>
        {
            var forged = ProbeDelivery.Sign(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), probe.Body);
            var wrong = await probing.SendAsync(probe, forged, pause: null, cancellationToken);
            var none = await probing.SendAsync(probe, signature: null, pause: null, cancellationToken);
            var stored = await probing.CountAsync(probe, cancellationToken);
            string?[] faults =
            [
                wrong.Status == StatusCodes.Status401Unauthorized ? null : $"a wrong signature should be answered 401, seen {wrong.Words}",
                none.Status == StatusCodes.Status401Unauthorized ? null : $"a missing signature should be answered 401, seen {none.Words}",
                stored == 0 ? null : "an event with a wrong signature was stored",
            ];
            return CheckFinding.Of(faults, $"A wrong signature: {wrong.Words}; none: {none.Words}; nothing stored");
        },
        cancellationToken);
}
