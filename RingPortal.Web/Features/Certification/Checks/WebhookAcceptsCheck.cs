namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>A signed event arrives in this portal, is answered 200 and is processed.</summary>
internal sealed class WebhookAcceptsCheck(WebhookProbing probing) : ICertificationCheck
{
    public string Item => "before.webhook.accepts";

    public Task<CheckFinding> RunAsync(CancellationToken cancellationToken) => probing.WithProbeAsync(
        async probe =>
        {
            var reply = await probing.SendAsync(probe, pause: null, cancellationToken);
            return WebhookProbing.Judge(reply, "a signed event") is { } wrong
                ? CheckFinding.Failed(wrong)
                : CheckFinding.Of([await probing.JudgeRowAsync(probe, cancellationToken)], $"A signed event: {reply.Words}, stored, processed and thrown away");
        },
        cancellationToken);
}
