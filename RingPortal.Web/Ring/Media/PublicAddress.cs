using System.Net;
using System.Net.Sockets;

namespace RingPortal.Web.Ring.Media;

/// <summary>Tells addresses of the internet from those of this machine, its neighbours and its provider.</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] s_notPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // In IPv6 only 2000::/3 is public at all; these parts of it carry other addresses inside, or are for examples.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork s_internet6 = IPNetwork.Parse("2000::/3");

    /// <summary>Whether the internet is meant.</summary>
    public static bool Is(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily is AddressFamily.InterNetwork || s_internet6.Contains(plain)) && !s_notPublic.Any(network => network.Contains(plain));
    }
}
