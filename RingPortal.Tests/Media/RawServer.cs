using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RingPortal.Tests.Media;

/// <summary>A server that writes exactly the bytes it is told to: no framework would let some of them through. One request a connection.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RawServer()
    {
        _listener.Start();
        _ = ListenAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>First lines of what was asked.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What everybody gets.</summary>
    public string Answer { get; set; } = "";

    /// <summary>A redirect to whatever text one likes.</summary>
    public void Lead(int status, string location) => Answer = $"HTTP/1.1 {status} Elsewhere\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    public void Dispose() => _listener.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream wire)
    {
        using var reader = new StreamReader(wire, Encoding.Latin1, leaveOpen: true);
        Requests.Enqueue(await reader.ReadLineAsync() ?? "");
        var length = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(line.AsSpan(15), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
            }
        }

        if (length > 0)
        {
            await reader.ReadBlockAsync(new char[length]);
        }

        await wire.WriteAsync(Encoding.UTF8.GetBytes(Answer));
    }
}
