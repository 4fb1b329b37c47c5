using System.Globalization;
using System.Net;

namespace RingPortal.Web.Ring.Media;

/// <summary>
/// Which servers media redirects may name: <c>cdn.example.com</c>, <c>*.example.com</c>, either with a port; without one the
/// port of the scheme. Addresses in figures are for this machine itself alone, and only while Ring's API is there too.
/// </summary>
internal sealed class RingMediaHosts
{
    private readonly IReadOnlyList<string> _patterns;

    public RingMediaHosts(RingOptions options)
    {
        Home = new Uri(options.ApiBaseUrl);
        _patterns = options.MediaHostPatterns;
    }

    /// <summary>Ring's API itself, as configured.</summary>
    public Uri Home { get; }

    /// <summary>Whether Ring is played on this machine.</summary>
    public bool IsLocal => Home.IsLoopback;

    /// <summary>Whether an address belongs to Ring's API.</summary>
    public bool IsHome(Uri target) => Uri.Compare(target, Home, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Whether an address may be asked.</summary>
    public bool Admits(Uri target) => IsHome(target) || (IsName(target) && _patterns.Any(pattern => Matches(pattern, target)));

    /// <summary>Whether a setting names a server.</summary>
    public static bool IsPattern(string pattern)
    {
        var (host, port) = Split(pattern);
        return port is not 0 && (RingAddress.IsHostPattern(host) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address) && host == address.ToString()));
    }

    private bool IsName(Uri target) =>
        target.HostNameType is UriHostNameType.Dns || (target.HostNameType is UriHostNameType.IPv4 && IsLocal && target.IsLoopback);

    private static bool Matches(string pattern, Uri target)
    {
        var (host, port) = Split(pattern);
        var isHost = host.StartsWith("*.", StringComparison.Ordinal)
            ? target.IdnHost.Length > host.Length - 1 && target.IdnHost.EndsWith(host[1..], StringComparison.OrdinalIgnoreCase)
            : string.Equals(target.IdnHost, host, StringComparison.OrdinalIgnoreCase);
        return isHost && (port is null ? target.IsDefaultPort : target.Port == port);
    }

    /// <summary>Host and port; port 0 for one that is none.</summary>
    private static (string Host, int? Port) Split(string pattern) => pattern.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
        ? (pattern[..colon], ushort.TryParse(pattern.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0)
        : (pattern, null);
}
