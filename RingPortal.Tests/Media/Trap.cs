using System.Net;
using System.Net.Sockets;

namespace RingPortal.Tests.Media;

/// <summary>A server to which nobody may connect.</summary>
internal sealed class Trap : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.IPv6Any, 0);
    private int _caught;

    public Trap()
    {
        _listener.Server.DualMode = true;
        _listener.Start();
        _ = ListenAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Caught => Volatile.Read(ref _caught);

    public void Dispose() => _listener.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _caught);
            }
        }
        catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }
}
