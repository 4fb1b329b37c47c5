using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace RingPortal.Benchmarks.Rig;

/// <summary>
/// A connection that stays open and takes one request after the other. Written on a socket, so that the generator takes as
/// little as possible of the processors that it shares with the receiver.
/// </summary>
internal sealed class Caller : IDisposable
{
    private static readonly byte[] s_endOfHead = "\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[8 * 1024];

    private Caller()
    {
    }

    public static async Task<Caller> ConnectAsync(int port)
    {
        var caller = new Caller();
        await caller._socket.ConnectAsync(IPAddress.Loopback, port);
        return caller;
    }

    /// <summary>Sends a ready-made request and answers with the status.</summary>
    public async ValueTask<int> PostAsync(byte[] request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(request, cancellationToken);
        for (var filled = 0; ;)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled), cancellationToken);
            filled += read;
            if (read == 0)
            {
                throw new IOException("The receiver hung up.");
            }

            if (IsWhole(_buffer.AsSpan(0, filled)))
            {
                return int.Parse(_buffer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
            }
        }
    }

    public void Dispose() => _socket.Dispose();

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
