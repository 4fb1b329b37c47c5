namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>The 5 s rule, also for an event that arrives slowly: its body stops in the middle for a while.</summary>
internal sealed class WebhookTimeCheck(WebhookProbing probing) : ICertificationCheck
{
    /// <summary>Less than the portal waits for a body, more than any body of Ring takes.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1.5);

    public string Item => "before.webhook.time";

    public Task<CheckFinding> RunAsync(CancellationToken cancellationToken) => probing.WithProbeAsync(
        quick => probing.WithProbeAsync(
            async slow =>
            {
                var soon = await probing.SendAsync(quick, pause: null, cancellationToken);
                var late = await probing.SendAsync(slow, s_pause, cancellationToken);
                return CheckFinding.Of(
                    [WebhookProbing.Judge(soon, "a signed event"), WebhookProbing.Judge(late, "an event whose body stops for 1.5 s")],
                    $"A signed event: {soon.Words}; one whose body stops for 1.5 s: {late.Words}");
            },
            cancellationToken),
        cancellationToken);
}
