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

    /// <summary>Begins a delivery; the task ends with its first attempt.</summary>
    public Task DeviceAsync(string accountKey, RingDevice device, string type) =>
        BeginAsync(accountKey, events.OfDevice(Account(accountKey), device.Id, type), $"{type} {device.Name}");

    /// <summary>Begins a delivery; the task ends with its first attempt.</summary>
    public Task AccountAsync(string accountKey, string type) => BeginAsync(accountKey, events.OfAccount(Account(accountKey), type), type);

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

    private Task<int> BeginAsync(string accountKey, byte[] body, string what)
    {
        var first = SendAsync(accountKey, body, what);
        var delivery = RepeatAsync(first, accountKey, body, what);
        running.TryAdd(delivery, 0);
        _ = delivery.ContinueWith(done => running.TryRemove(done, out _), TaskScheduler.Default);
        return first;
    }

    private async Task RepeatAsync(Task<int> first, string accountKey, byte[] body, string what)
    {
        var status = await first;
        for (var retry = 0; status is 0 or >= 500 && retry < options.WebhookRetryMilliseconds.Length; retry++)
        {
            await Task.Delay(options.WebhookRetryMilliseconds[retry], stopping.Token);
            status = await SendAsync(accountKey, body, $"{what}, attempt {retry + 2}");
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
