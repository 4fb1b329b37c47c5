using System.Collections.Concurrent;
using System.Diagnostics;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>
/// Sends as Ring does: 5 seconds of patience, 5xx and silence are tried again on Ring's schedule (compressed), 4xx never.
/// Every attempt goes into the ledger. Instances take turns, as behind a balancer.
/// </summary>
internal sealed class RingSender : IAsyncDisposable
{
    /// <summary>How long Ring waits for an answer (contract 5.1); longer where no speed is judged.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5) * Eventually.Patience;

    private static readonly double[] s_delays = [1, 5, 30, 120, 600, 3600];

    private readonly ConcurrentDictionary<Task, byte> _running = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly HttpClient _client;
    private readonly IReadOnlyList<Uri> _portals;
    private readonly Ledger _ledger;
    private int _turn;

    /// <param name="portals">Base addresses of the instances.</param>
    /// <param name="ledger">Takes every attempt.</param>
    /// <param name="connections">Connections to each instance; what is more waits, and the wait counts.</param>
    public RingSender(IReadOnlyList<Uri> portals, Ledger ledger, int connections = 32)
    {
        (_portals, _ledger) = (portals, ledger);
        _client = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        })
        { Timeout = Patience };
    }

    /// <summary>What Ring's delays are multiplied by.</summary>
    public double Compression { get; init; } = 0.01;

    /// <summary>Instances out of rotation, as a balancer takes them out that are not ready.</summary>
    public ConcurrentDictionary<int, byte> Drained { get; } = [];

    /// <summary>Deliveries that wait for an answer or for their next attempt.</summary>
    public int Outstanding => _running.Count;

    /// <summary>One attempt.</summary>
    public async Task<Attempt> PostAsync(RingDelivery delivery, int? portal = null)
    {
        var to = portal ?? Turn();
        var (at, started) = (_ledger.Now, Stopwatch.GetTimestamp());
        var (status, answer) = await SendAsync(delivery, to);
        var attempt = new Attempt(delivery.RequestId, to, status, answer, at, Stopwatch.GetElapsedTime(started));
        _ledger.Write(attempt);
        return attempt;
    }

    /// <summary>All attempts of one event; true when it was acknowledged in the end.</summary>
    public async Task<bool> DeliverAsync(RingDelivery delivery)
    {
        for (var tries = 0; ; tries++)
        {
            var attempt = await PostAsync(delivery);
            if (attempt.IsAcknowledged || attempt.IsRefused || tries == s_delays.Length)
            {
                return attempt.IsAcknowledged;
            }

            await Moments.PassAsync(TimeSpan.FromSeconds(s_delays[tries] * Compression), _stopping.Token);
        }
    }

    /// <summary>One attempt for each of many events, so many at a time.</summary>
    public async Task<IReadOnlyList<Attempt>> PostAllAsync(IEnumerable<RingDelivery> deliveries, int atOnce, int? portal = null)
    {
        var attempts = new ConcurrentBag<Attempt>();
        await Parallel.ForEachAsync(deliveries, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (delivery, _) => attempts.Add(await PostAsync(delivery, portal)));
        return [.. attempts];
    }

    /// <summary>Delivers in the background.</summary>
    public void Begin(RingDelivery delivery)
    {
        var running = DeliverAsync(delivery);
        _running.TryAdd(running, 0);
        _ = running.ContinueWith(ended => _running.TryRemove(ended, out _), TaskScheduler.Default);
    }

    /// <summary>Begins so many deliveries a second, whatever becomes of the earlier ones, until told to stop.</summary>
    /// <param name="perSecond">Deliveries a second.</param>
    /// <param name="next">Makes them.</param>
    /// <param name="until">When to stop.</param>
    /// <param name="outstanding">How many may wait for an answer or an attempt; beyond, it holds back.</param>
    public async Task SteadyAsync(double perSecond, Func<RingDelivery> next, CancellationToken until, int outstanding = int.MaxValue)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var sent = 0L; !until.IsCancellationRequested; await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            for (var owed = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond); sent < owed; sent++)
            {
                if (Outstanding < outstanding)
                {
                    Begin(next());
                }
            }
        }
    }

    /// <summary>Waits for the end of everything begun.</summary>
    public async Task WhenDeliveredAsync(TimeSpan limit)
    {
        var waited = Stopwatch.StartNew();
        while (!_running.IsEmpty)
        {
            await Task.WhenAll(_running.Keys).WaitAsync((limit * Eventually.Patience) - waited.Elapsed);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client.Dispose();
        _stopping.Dispose();
    }

    private int Turn()
    {
        for (var skipped = 0; ; skipped++)
        {
            var portal = (int)((uint)Interlocked.Increment(ref _turn) % (uint)_portals.Count);
            if (!Drained.ContainsKey(portal) || skipped > _portals.Count)
            {
                return portal;
            }
        }
    }

    private async Task<(int Status, string Answer)> SendAsync(RingDelivery delivery, int portal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_portals[portal], "/ring/webhook")) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        if (delivery.Signature is { } signature)
        {
            request.Headers.TryAddWithoutValidation("X-Signature", signature);
        }

        try
        {
            using var answer = await _client.SendAsync(request, _stopping.Token);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(_stopping.Token));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException && !_stopping.IsCancellationRequested)
        {
            return (0, exception.GetType().Name);
        }
    }
}
