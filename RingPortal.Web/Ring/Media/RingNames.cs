using System.Net;

namespace RingPortal.Web.Ring.Media;

/// <summary>How names of servers become addresses.</summary>
internal sealed record RingNames
{
    /// <summary>All addresses of a name.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;
}
