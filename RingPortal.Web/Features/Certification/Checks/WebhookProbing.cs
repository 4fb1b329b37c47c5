using System.Globalization;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Features.Webhooks.Intake;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Sends probes to the Webhook URL and leaves nothing of them behind.</summary>
internal sealed class WebhookProbing(OutsideCaller caller, ProbeRows rows, IOptionsMonitor<RingOptions> ring, TimeProvider clock)
{
    /// <summary>Ring's time limit for an answer (contract 5.1).</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_processing = TimeSpan.FromSeconds(10);

    /// <summary>Lets a check use a probe; its row is deleted afterwards, whatever happens.</summary>
    /// <param name="useAsync">Gets the probe.</param>
    /// <param name="cancellationToken">Stops the check, not the deletion.</param>
    public async Task<CheckFinding> WithProbeAsync(Func<ProbeDelivery, Task<CheckFinding>> useAsync, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ring.CurrentValue.HmacKey.Length == 0)
        {
            return CheckFinding.Failed("Ring__HmacKey is not set, so nothing can be signed or verified");
        }

        var probe = ProbeDelivery.New(clock.GetUtcNow());
        try
        {
            return await useAsync(probe);
        }
        finally
        {
            await rows.ForgetAsync(probe, CancellationToken.None);
        }
    }

    /// <summary>Delivers a probe with its right signature.</summary>
    public Task<OutsideReply> SendAsync(ProbeDelivery probe, TimeSpan? pause, CancellationToken cancellationToken) =>
        SendAsync(probe, ProbeDelivery.Sign(ring.CurrentValue.HmacKey, probe.Body), pause, cancellationToken);

    /// <summary>Delivers a probe with any signature, or none.</summary>
    public Task<OutsideReply> SendAsync(ProbeDelivery probe, string? signature, TimeSpan? pause, CancellationToken cancellationToken) =>
        caller.SendAsync(probe.Request(caller.Address(WebhookEndpoints.Path), signature, pause), cancellationToken);

    /// <summary>What is wrong with an answer that should be 200 in time; null when nothing is.</summary>
    public static string? Judge(OutsideReply reply, string what) =>
        reply.Status != StatusCodes.Status200OK ? $"{what} should be answered 200, seen {reply.Words}"
        : reply.Time > Limit ? string.Create(CultureInfo.InvariantCulture, $"{what} was answered after {reply.Time.TotalSeconds:0.0} s; Ring waits 5 s")
        : null;

    /// <summary>What is wrong with the probe's row in this portal's own database; null when it was processed and thrown away.</summary>
    public async Task<string?> JudgeRowAsync(ProbeDelivery probe, CancellationToken cancellationToken)
    {
        var row = await rows.SettledAsync(probe, s_processing, clock, cancellationToken);
        return row is null ? "it did not arrive in this portal's database: the public address leads somewhere else"
            : row.State == "Due" ? "it was stored but not processed within 10 s"
            : row is not { State: "Done", IsEmpty: true } || row.Outcome != ProbeDelivery.Outcome.Words ? $"it was not thrown away but is {row.State} ({row.Outcome})"
            : null;
    }

    /// <summary>How many rows there are of the probe.</summary>
    public async Task<int> CountAsync(ProbeDelivery probe, CancellationToken cancellationToken) => (await rows.FindAsync(probe, cancellationToken)).Count;
}
