using System.Net;
using System.Net.Sockets;

namespace RingPortal.Web.Hosting;

/// <summary>The network a caller comes from: coarse enough not to name a person, fine enough to be fair among senders.</summary>
public static class SourceNetwork
{
    /// <summary><c>203.0.113.0/24</c> or <c>2001:db8:1::/48</c>; <c>unknown</c> without an address.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var prefix = plain.AddressFamily is AddressFamily.InterNetwork ? 24 : 48;
        var bytes = plain.GetAddressBytes();
        Array.Clear(bytes, prefix / 8, bytes.Length - (prefix / 8));
        return $"{new IPAddress(bytes)}/{prefix}";
    }
}
