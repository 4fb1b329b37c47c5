using System.Net.Http.Headers;
using System.Text.Json;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Signing;

namespace RingPortal.Simulator.Deliveries;

/// <summary>Makes one attempt: renews the envelope when that is asked for, signs, posts.</summary>
internal sealed class DeliverySender(PartnerClient client, RingCloudOptions options, RingSettings settings, SimulatorClock clock)
{
    private int turn = -1;

    public async Task<DeliveryAttempt> SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var wanted = settings.Webhooks;
        var at = clock.GetUtcNow();
        if (++delivery.Attempts > 1 && delivery.Event is { } one && (wanted.NewRequestIdOnRetry || wanted.NewTimeOnRetry))
        {
            delivery.Event = one.Renewed(at, wanted.NewRequestIdOnRetry, wanted.NewTimeOnRetry);
            delivery.Body = EventText.Write(delivery.Event);
        }

        if (wanted.Unreachable)
            return new DeliveryAttempt(at, 0, 0, "not reached: its network is down", delivery.Event?.RequestId ?? "");

        using var request = new HttpRequestMessage(HttpMethod.Post, Target(wanted)) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (WebhookSignature.Compute(settings.HmacKey, delivery.Body, delivery.Signature ?? wanted.Signature) is { } signature)
            request.Headers.Add(WebhookSignature.Header, signature);

        var what = delivery.Attempts == 1 ? delivery.What : $"{delivery.What}, attempt {delivery.Attempts}";
        var answer = await client.SendAsync(request, RingOperation.Webhook, delivery.Account, what, cancellationToken);
        return new DeliveryAttempt(at, answer.Status, answer.Elapsed.TotalMilliseconds, answer.Status == 0 ? answer.Text : StatusOf(answer.Text), delivery.Event?.RequestId ?? "");
    }

    private Uri Target(WebhookSettings wanted) => wanted.Targets.Count == 0
        ? settings.Partner(options.Webhook)
        : new Uri(wanted.Targets[(int)((uint)Interlocked.Increment(ref turn) % (uint)wanted.Targets.Count)], options.Webhook);

    /// <summary>The member <c>status</c> of a JSON answer.</summary>
    private static string? StatusOf(string text)
    {
        if (!text.StartsWith('{'))
            return null;

        try
        {
            using var body = JsonDocument.Parse(text);
            return body.RootElement.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String ? status.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
