using System.Net;
using System.Net.Sockets;

namespace RingPortal.Tests.Infrastructure;

/// <summary>
/// Ports for servers whose address must be known before they start. They lie below the range from which the system
/// gives ports to outgoing connections, so none is taken between the question and the start.
/// </summary>
public static class FreePort
{
    private const int First = 20000;
    private const int Count = 12000;

    private static int s_next = Random.Shared.Next(Count);

    public static int Take()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + ((Interlocked.Increment(ref s_next) & int.MaxValue) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("No port is free.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
