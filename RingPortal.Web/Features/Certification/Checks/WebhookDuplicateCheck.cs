namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>The same event twice: both are answered 200, one is stored.</summary>
internal sealed class WebhookDuplicateCheck(WebhookProbing probing) : ICertificationCheck
{
    public string Item => "before.webhook.duplicate";

    public Task<CheckFinding> RunAsync(CancellationToken cancellationToken) => probing.WithProbeAsync(
        async probe =>
        {
            var first = await probing.SendAsync(probe, pause: null, cancellationToken);
            var second = await probing.SendAsync(probe, pause: null, cancellationToken);
            var stored = await probing.CountAsync(probe, cancellationToken);
            string?[] wrong =
            [
                WebhookProbing.Judge(first, "the first"),
                WebhookProbing.Judge(second, "the second"),
                second.Status != StatusCodes.Status200OK || second.Body.Contains("\"duplicate\"", StringComparison.Ordinal) ? null : "the second was not recognised as a repeat",
                stored == 1 ? null : $"{stored} of them are stored in this portal's database instead of one",
            ];
            return CheckFinding.Of(wrong, $"The first: {first.Words}; the second: {second.Words}, recognised; one is stored");
        },
        cancellationToken);
}
