using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Org.BouncyCastle.Tls;

namespace RingPortal.Simulator.WebRtc;

/// <summary>The one port of a media connection, on this machine only: answers ICE, hands DTLS on, sends SRTP.</summary>
internal sealed class MediaSocket : DatagramTransport, IDisposable
{
    private const int LongestPacket = 4096;
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { SendBufferSize = 1 << 20 };
    private readonly BlockingCollection<byte[]> handshake = new(64);
    private readonly TaskCompletionSource found = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IceCredentials ice;
    private volatile IPEndPoint? peer;
    private volatile SocketAddress? address;
    private long lastCheck;

    public MediaSocket(IceCredentials ice)
    {
        this.ice = ice;
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public int Port { get; }

    /// <summary>Ends when the other side was heard for the first time.</summary>
    public Task Found => found.Task;

    /// <summary>The other side was heard lately; browsers knock every few seconds for as long as they listen.</summary>
    public bool IsHeard => Environment.TickCount64 - Interlocked.Read(ref lastCheck) < 15_000;

    public async Task ReceiveAsync(CancellationToken stop)
    {
        var buffer = new byte[LongestPacket];
        var anywhere = new IPEndPoint(IPAddress.Any, 0);
        while (!stop.IsCancellationRequested)
        {
            var got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anywhere, stop);
            var from = (IPEndPoint)got.RemoteEndPoint;
            if (got.ReceivedBytes == 0)
                continue;

            if (buffer[0] <= 3)
                Check(buffer.AsSpan(0, got.ReceivedBytes), from);
            else if (buffer[0] is >= 20 and <= 63 && from.Equals(peer))
                handshake.TryAdd(buffer.AsSpan(0, got.ReceivedBytes).ToArray());
        }
    }

    public int GetReceiveLimit() => 1500;

    public int GetSendLimit() => 1200;

    public int Receive(byte[] buf, int off, int len, int waitMillis) => Receive(buf.AsSpan(off, len), waitMillis);

    public int Receive(Span<byte> buffer, int waitMillis)
    {
        if (!handshake.TryTake(out var packet, waitMillis))
            return handshake.IsAddingCompleted ? throw new IOException("The connection is closed.") : -1;

        var length = Math.Min(buffer.Length, packet.Length);
        packet.AsSpan(0, length).CopyTo(buffer);
        return length;
    }

    public void Send(byte[] buf, int off, int len) => Send(buf.AsSpan(off, len));

    public void Send(ReadOnlySpan<byte> buffer)
    {
        if (address is { } to)
            socket.SendTo(buffer, SocketFlags.None, to);
    }

    /// <summary>DTLS is over after its handshake; the port stays open for SRTP.</summary>
    public void Close()
    {
    }

    public void Dispose()
    {
        handshake.CompleteAdding();
        socket.Dispose();
    }

    private void Check(ReadOnlySpan<byte> message, IPEndPoint from)
    {
        if (StunServer.Answer(message, from, ice) is not { } answer)
            return;

        socket.SendTo(answer, SocketFlags.None, from);
        Interlocked.Exchange(ref lastCheck, Environment.TickCount64);
        if (!from.Equals(peer))
            (peer, address) = (from, from.Serialize());

        found.TrySetResult();
    }
}
