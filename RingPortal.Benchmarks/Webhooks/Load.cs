using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>
/// Posts ready-made requests over connections that stay open, each connection one request after the other. Written on
/// sockets, so that the generator takes as little as possible of the processors that it shares with the receiver.
/// </summary>
internal sealed class Load
{
    private static readonly byte[] s_endOfHead = "\r\n\r\n"u8.ToArray();

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
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, _port);
        var buffer = new byte[8 * 1024];
        var times = new List<double>(64 * 1024);
        while (Take() is { } request)
        {
            var started = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            var status = await ReadStatusAsync(socket, buffer);
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

    private static async ValueTask<int> ReadStatusAsync(Socket socket, byte[] buffer)
    {
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            filled += read;
            if (read == 0)
            {
                throw new IOException("The receiver hung up.");
            }

            if (IsWhole(buffer.AsSpan(0, filled)))
            {
                return int.Parse(buffer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf(s_endOfHead);
        if (head < 0)
        {
            return false;
        }

        var at = answer.IndexOf("Content-Length: "u8);
        if (at < 0 || at > head)
        {
            throw new IOException("The receiver does not say how long its answer is.");
        }

        var digits = answer[(at + "Content-Length: ".Length)..head];
        var end = digits.IndexOf((byte)'\r');
        return answer.Length >= head + s_endOfHead.Length + int.Parse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture);
    }
}
