using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>
/// A wire that can be spoilt: stands on loopback between two programs and passes bytes on, late, never, in one direction
/// only, or up to a byte. Connections that are open feel a change at once.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Wire, byte> _wires = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly IPEndPoint _target;
    private readonly Task _accepting;
    private volatile Toxic _toxic = Toxic.None;

    /// <param name="targetPort">Port on loopback to which everything goes.</param>
    public TcpProxy(int targetPort)
    {
        _target = new IPEndPoint(IPAddress.Loopback, targetPort);
        _listener.Start(backlog: 512);
        _accepting = AcceptAsync();
    }

    private enum Kind
    {
        None,
        Late,
        Silent,
        Closed,
        OneWay,
        Cut,
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Everything passes again. What a silent wire held back goes on its way.</summary>
    public void Heal() => _toxic = Toxic.None;

    /// <summary>Latency in both directions.</summary>
    public void Delay(TimeSpan by) => _toxic = new Toxic(Kind.Late, by, 0);

    /// <summary>Blackhole: connections open and stay, no byte passes.</summary>
    public void Silence() => _toxic = new Toxic(Kind.Silent, default, 0);

    /// <summary>Half-open: the target hears everything and is never heard.</summary>
    public void Deafen() => _toxic = new Toxic(Kind.OneWay, default, 0);

    /// <summary>Resets what is open and everything that comes, until healed.</summary>
    public void Close()
    {
        _toxic = new Toxic(Kind.Closed, default, 0);
        Reset();
    }

    /// <summary>From now on each connection is reset after so many bytes from the caller.</summary>
    public void CutAfter(long bytes) => _toxic = new Toxic(Kind.Cut, default, bytes);

    /// <summary>Resets what is open; new connections pass.</summary>
    public void Reset()
    {
        foreach (var wire in _wires.Keys)
        {
            wire.Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        Reset();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var wires = new ConcurrentDictionary<Task, byte>();
        try
        {
            while (true)
            {
                var caller = await _listener.AcceptSocketAsync(_stopping.Token);
                var running = ConnectAsync(caller);
                wires.TryAdd(running, 0);
                _ = running.ContinueWith(ended => wires.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (IsOver(exception))
        {
            await Task.WhenAll(wires.Keys);
        }
    }

    private async Task ConnectAsync(Socket caller)
    {
        var wire = new Wire(caller, new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        caller.NoDelay = true;
        _wires.TryAdd(wire, 0);
        try
        {
            if (_toxic.Kind is Kind.Closed)
            {
                return;
            }

            await wire.Target.ConnectAsync(_target, _stopping.Token);
            var cut = _toxic is { Kind: Kind.Cut, Bytes: var bytes } ? bytes : long.MaxValue;
            await Task.WhenAll(
                PumpAsync(wire, caller, wire.Target, fromCaller: true, cut),
                PumpAsync(wire, wire.Target, caller, fromCaller: false, long.MaxValue));
        }
        catch (Exception exception) when (IsOver(exception))
        {
            // The target is not there; the caller learns it by the reset.
        }
        finally
        {
            wire.Reset();
            _wires.TryRemove(wire, out _);
        }
    }

    private async Task PumpAsync(Wire wire, Socket from, Socket to, bool fromCaller, long cutAfter)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            int read;
            while (cutAfter > 0 && (read = await from.ReceiveAsync(buffer, _stopping.Token)) > 0)
            {
                await PassAsync();
                if (fromCaller || _toxic.Kind is not Kind.OneWay)
                {
                    var passed = (int)Math.Min(read, cutAfter);
                    await to.SendAsync(buffer.AsMemory(0, passed), _stopping.Token);
                    cutAfter -= passed;
                }
            }

            if (cutAfter == 0)
            {
                wire.Reset();
            }
            else
            {
                to.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception exception) when (IsOver(exception))
        {
            wire.Reset();
        }
    }

    private static bool IsOver(Exception exception) => exception is SocketException or ObjectDisposedException or OperationCanceledException;

    private async Task PassAsync()
    {
        if (_toxic is { Kind: Kind.Late, By: var by })
        {
            await Moments.PassAsync(by, _stopping.Token);
        }

        while (_toxic.Kind is Kind.Silent)
        {
            await Moments.PassAsync(TimeSpan.FromMilliseconds(5), _stopping.Token);
        }
    }

    private sealed record Toxic(Kind Kind, TimeSpan By, long Bytes)
    {
        public static Toxic None { get; } = new(Kind.None, default, 0);
    }

    private sealed record Wire(Socket Caller, Socket Target)
    {
        public void Reset()
        {
            Caller.Close(0);
            Target.Close(0);
        }
    }
}
