using System.Net;
using System.Net.Sockets;
using System.Text;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Webhooks.Intake;

/// <summary>A call to the Webhook URL written byte by byte, so that it can be wrong.</summary>
internal sealed class RawCall : IAsyncDisposable
{
    private readonly TcpClient _socket = new();
    private NetworkStream _stream = null!;

    public static async Task<RawCall> OpenAsync(int port, string headers)
    {
        var call = new RawCall();
        await call._socket.ConnectAsync(IPAddress.Loopback, port);
        call._stream = call._socket.GetStream();
        await call.WriteAsync($"POST /ring/webhook HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\n");
        return call;
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Who has answered may have hung up as well; the answer is there all the same.</summary>
    public async Task WriteAsync(byte[] bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // Nobody reads it any more.
        }
    }

    /// <summary>Ends the sending; the answer can still be read.</summary>
    public void HangUp() => _socket.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The status of the answer; 0 when the connection was ended without one.</summary>
    public async Task<int> StatusAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60) * Eventually.Patience);
        using var reader = new StreamReader(_stream, Encoding.ASCII, leaveOpen: true);
        try
        {
            var line = await reader.ReadLineAsync(limit.Token) ?? "";
            return line.Split(' ') is [_, var code, ..] ? int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }

        _socket.Dispose();
    }
}
