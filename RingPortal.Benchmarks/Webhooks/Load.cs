using System.Diagnostics;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>Posts ready-made requests as fast as they are answered, over a number of connections.</summary>
internal sealed class Load
{
    private readonly int _port;
    private readonly IReadOnlyList<byte[]> _requests;
    private readonly bool _again;
    private readonly int _expected;
    private readonly List<double> _milliseconds = [];
    private readonly Lock _lock = new();
    private int _next = -1;
    private int _unexpected;
    private long _end;

    private Load(int port, IReadOnlyList<byte[]> requests, bool again, int expected) =>
        (_port, _requests, _again, _expected) = (port, requests, again, expected);

    /// <param name="port">The receiver's port on this machine.</param>
    /// <param name="requests">What is posted.</param>
    /// <param name="again">Whether to start over when all were posted; else the run ends.</param>
    /// <param name="expected">The only status that is right.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="duration">When to stop at the latest.</param>
    public static async Task<LoadResult> RunAsync(int port, IReadOnlyList<byte[]> requests, bool again, int expected, int connections, TimeSpan duration)
    {
        var load = new Load(port, requests, again, expected);
        var started = Stopwatch.GetTimestamp();
        load._end = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(load.PostAsync)));
        return LoadResult.Of(load._milliseconds, Stopwatch.GetElapsedTime(started), load._unexpected);
    }

    private async Task PostAsync()
    {
        using var caller = await Caller.ConnectAsync(_port);
        var times = new List<double>(64 * 1024);
        while (Take() is { } request)
        {
            var started = Stopwatch.GetTimestamp();
            var status = await caller.PostAsync(request, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (status != _expected)
            {
                Interlocked.Increment(ref _unexpected);
            }
        }

        lock (_lock)
        {
            _milliseconds.AddRange(times);
        }
    }

    private byte[]? Take()
    {
        var next = Interlocked.Increment(ref _next);
        return Stopwatch.GetTimestamp() >= _end || (!_again && next >= _requests.Count) ? null : _requests[(int)((uint)next % _requests.Count)];
    }
}
