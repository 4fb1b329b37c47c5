using System.Collections.Concurrent;
using System.Threading.Channels;

namespace RingPortal.Benchmarks.Rig;

/// <summary>What became of one event.</summary>
/// <param name="RequestId">Which one.</param>
/// <param name="Due">When it was to be sent (UTC).</param>
/// <param name="At">When its answer was here (UTC).</param>
/// <param name="Status">The answer.</param>
internal sealed record Answered(string RequestId, DateTimeOffset Due, DateTimeOffset At, int Status)
{
    public double Milliseconds => (At - Due).TotalMilliseconds;
}

/// <summary>
/// Sends events at their times, whatever becomes of those before (an open loop): latency counts from when an event was
/// due, so a receiver that stalls cannot hide it by holding up the sender.
/// </summary>
internal sealed class PacedLoad
{
    private const int ConnectionsPerPort = 32;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Answered> _answered = new();
    private readonly Task _sending;
    private volatile bool _stopped;

    private PacedLoad(IReadOnlyList<int> ports, double perSecond, Func<SignedEvent> next)
    {
        var due = ports.Select(_ => Channel.CreateUnbounded<(SignedEvent Event, DateTimeOffset Due)>()).ToList();
        var callers = ports.SelectMany((port, index) => Enumerable.Range(0, ConnectionsPerPort).Select(_ => Task.Run(() => PostAsync(port, due[index].Reader)))).ToList();
        var pacing = Task.Factory.StartNew(() => Pace(perSecond, next, due), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _sending = Task.WhenAll([pacing, .. callers]);
    }

    /// <summary>Begins to send, to several receivers in turn.</summary>
    public static PacedLoad Start(IReadOnlyList<int> ports, double perSecond, Func<SignedEvent> next) => new(ports, perSecond, next);

    /// <summary>Sends no more and waits for the last answers.</summary>
    public async Task<IReadOnlyCollection<Answered>> StopAsync()
    {
        _stopped = true;
        await _sending.WaitAsync(s_patience);
        return _answered;
    }

    /// <summary>Acknowledgement latencies (ms) of what was due in a span of time.</summary>
    public Figures Between(DateTimeOffset from, DateTimeOffset to) => new(_answered.Where(answer => answer.Due >= from && answer.Due < to).Select(answer => answer.Milliseconds));

    private void Pace(double perSecond, Func<SignedEvent> next, List<Channel<(SignedEvent Event, DateTimeOffset Due)>> due)
    {
        var clock = TimeProvider.System;
        var started = clock.GetUtcNow();
        for (var number = 0; !_stopped; number++)
        {
            var at = started.AddSeconds(number / perSecond);
            while (clock.GetUtcNow() < at)
            {
                // A timer of the pool would come late when the machine is busy, which is when it counts.
                Thread.Sleep(1);
            }

            due[number % due.Count].Writer.TryWrite((next(), at));
        }

        foreach (var channel in due)
        {
            channel.Writer.Complete();
        }
    }

    private async Task PostAsync(int port, ChannelReader<(SignedEvent Event, DateTimeOffset Due)> due)
    {
        using var caller = await Caller.ConnectAsync(port);
        await foreach (var (signed, at) in due.ReadAllAsync())
        {
            using var limit = new CancellationTokenSource(s_patience);
            var status = await caller.PostAsync(signed.Request, limit.Token);
            _answered.Enqueue(new Answered(signed.RequestId, at, TimeProvider.System.GetUtcNow(), status));
        }
    }
}
