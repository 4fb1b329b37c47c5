using System.Diagnostics;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.State;

namespace RingPortal.Simulator.Events;

/// <summary>Sends many events in the background, at once or evenly, each with an id and a time of its own.</summary>
public sealed class BurstDesk : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);
    private static readonly string[] Kinds = [.. Enum.GetValues<MotionKind>().Select(kind => kind.Wire())];

    private readonly RingStore store;
    private readonly RingEvents events;
    private readonly SimulatorClock clock;
    private readonly Lock gate = new();
    private readonly List<Burst> begun = [];
    private CancellationTokenSource stopping = new();

    internal BurstDesk(RingStore store, RingEvents events, SimulatorClock clock) => (this.store, this.events, this.clock) = (store, events, clock);

    /// <summary>The newest bursts, oldest first.</summary>
    public IReadOnlyList<Burst> All
    {
        get
        {
            lock (gate)
                return [.. begun.TakeLast(20)];
        }
    }

    /// <summary>Begins a burst.</summary>
    /// <exception cref="ArgumentException">It cannot be sent; the message says why.</exception>
    public Burst Begin(BurstOptions options)
    {
        var sources = Sources(options);
        if (options.Count is < 1 or > 1_000_000 || options.RatePerSecond is <= 0 or > 100_000 || options.Type.StartsWith("subscription_", StringComparison.Ordinal))
            throw new ArgumentException("A burst has 1 to 1000000 events, a rate above 0, and no events of subscriptions.", nameof(options));

        if (sources.Count == 0)
            throw new ArgumentException("Nobody has the app and a device that it may see.", nameof(options));

        lock (gate)
        {
            var burst = new Burst(begun.Count + 1, options.Count);
            var stop = stopping.Token;
            burst.Done = Task.Run(() => RunAsync(burst, options, sources, stop), CancellationToken.None);
            begun.Add(burst);
            return burst;
        }
    }

    /// <summary>Stops every burst; what was handed over is delivered.</summary>
    public void Stop()
    {
        lock (gate)
        {
            stopping.Cancel();
            stopping = new();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Stop();
        await Task.WhenAll(All.Select(burst => burst.Done));
    }

    private List<(string Account, string? Device)> Sources(BurstOptions options) => store.Read(state =>
    {
        var accounts = options.Accounts?.Select(key => state.Accounts[key])
            ?? state.Accounts.Values.Where(account => state.NewestInstallation(account.Key) is { Status: not IntegrationStatus.Removed });
        return accounts
            .SelectMany(account => !options.OfDevices ? [(account.Key, null)]
                : options.Device is not null ? [(account.Key, options.Device)]
                : account.Visible.Select(device => (account.Key, (string?)device.Id)))
            .ToList();
    });

    private async Task RunAsync(Burst burst, BurstOptions options, List<(string Account, string? Device)> sources, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        var first = clock.GetUtcNow().ToUnixTimeMilliseconds() - options.Count;
        using var timer = new PeriodicTimer(Beat);
        for (var index = 0; index < options.Count && !stop.IsCancellationRequested; index++)
        {
            while (options.RatePerSecond is { } rate && Stopwatch.GetElapsedTime(start).TotalSeconds * rate < index && !stop.IsCancellationRequested)
                await timer.WaitForNextTickAsync(CancellationToken.None);

            // All at once, yet each in a millisecond of its own, the last one now.
            var (account, device) = sources[index % sources.Count];
            events.Send(account, options.Type, device, options.Event with
            {
                SubType = options.Event.SubType ?? Kinds[index % Kinds.Length],
                Wish = options.RatePerSecond is null ? first + index : null,
            });
            burst.CountOne();
        }
    }
}
