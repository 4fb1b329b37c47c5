using System.Collections.Concurrent;
using System.Net.Http.Headers;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Signing;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Backend;

/// <summary>Delivers signed events in the background; tries again after no answer or 5xx, never after 4xx (contract 5.5).</summary>
internal sealed class WebhookSender(RingStore store, WebhookEvents events, PartnerClient client, RingCloudOptions options, RingSettings settings) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Task, byte> running = [];

    public void Device(string accountKey, RingDevice device, string type) =>
        Begin(accountKey, events.OfDevice(Account(accountKey), device.Id, type), $"{type} {device.Name}");

    public void IntegrationAdded(string accountKey) => OfAccount(accountKey, "app_integration_added");

    public void IntegrationRemoved(string accountKey) => OfAccount(accountKey, "app_integration_removed");

    /// <summary>Waits until nothing is under way any more.</summary>
    public async Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        while (!running.IsEmpty)
            await Task.WhenAll(running.Keys).WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private void OfAccount(string accountKey, string type) => Begin(accountKey, events.OfAccount(Account(accountKey), type), type);

    private void Begin(string accountKey, byte[] body, string what)
    {
        var delivery = DeliverAsync(accountKey, body, what);
        running.TryAdd(delivery, 0);
        _ = delivery.ContinueWith(done => running.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task DeliverAsync(string accountKey, byte[] body, string what)
    {
        for (var attempt = 0; ; attempt++)
        {
            var status = await SendAsync(accountKey, body, attempt == 0 ? what : $"{what}, attempt {attempt + 1}");
            if (status is not (0 or >= 500) || attempt == options.WebhookRetryMilliseconds.Length)
                return;

            await Task.Delay(options.WebhookRetryMilliseconds[attempt], stopping.Token);
        }
    }

    private async Task<int> SendAsync(string accountKey, byte[] body, string what)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Partner(options.Webhook)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Compute(options.HmacKey, body));
        return await client.SendAsync(request, RingOperation.Webhook, accountKey, what, stopping.Token);
    }

    private RingAccount Account(string accountKey) => store.Read(state => state.Accounts[accountKey]);
}
