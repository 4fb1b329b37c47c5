namespace RingPortal.Web.Ring.Media;

/// <summary>One request on the way to a picture or recording.</summary>
/// <param name="Method">How it is asked.</param>
/// <param name="Address">Whom.</param>
/// <param name="IsHome">Whether it goes to Ring's API with the person's access. Once left, never again.</param>
internal sealed record RingMediaHop(HttpMethod Method, Uri Address, bool IsHome);

/// <summary>Where a redirect leads, decided before anybody is asked (contract 9.3).</summary>
internal static class RingMediaRoute
{
    /// <summary>A fourth redirect is not followed.</summary>
    public const int MostHops = 3;

    private const int LongestAddress = 8192;

    /// <summary>The next request; null when the redirect may not be followed.</summary>
    public static RingMediaHop? Next(RingMediaHosts hosts, RingMediaHop hop, int status, IReadOnlyList<string> locations)
    {
        if (locations is not [var location] || Resolve(hop.Address, location) is not { } target || !IsSafe(hosts, target) || !hosts.Admits(target))
        {
            return null;
        }

        var staysHome = hop.IsHome && hosts.IsHome(target);
        return status switch
        {
            303 => new RingMediaHop(HttpMethod.Get, target, IsHome: false),
            301 or 302 => staysHome ? hop with { Address = target } : new RingMediaHop(HttpMethod.Get, target, IsHome: false),
            307 or 308 => new RingMediaHop(hop.Method, target, staysHome),
            _ => null,
        };
    }

    /// <summary>The host that a redirect names, for operators, who may want to allow it; never more of the address.</summary>
    public static string HostOf(RingMediaHop hop, IReadOnlyList<string> locations) =>
        locations is [var location] && Uri.TryCreate(hop.Address, location, out var target) && target.HostNameType is UriHostNameType.Dns && target.IdnHost.All(IsOfName)
            ? target.IdnHost
            : "no host name";

    /// <summary>Readers of addresses disagree about what is not plain, so nothing else is taken.</summary>
    private static Uri? Resolve(Uri from, string location) =>
        location.Length is > 0 and <= LongestAddress
            && location.All(character => character is > ' ' and < '\x7f' and not ('\\' or '#' or '<' or '>' or '"' or '^' or '`' or '{' or '|' or '}'))
            && Uri.TryCreate(from, location, out var target)
            ? target
            : null;

    private static bool IsSafe(RingMediaHosts hosts, Uri target) =>
        (target.Scheme == Uri.UriSchemeHttps || (target.Scheme == Uri.UriSchemeHttp && hosts.IsLocal && target.IsLoopback))
        && !target.Authority.Contains('@', StringComparison.Ordinal)
        && target.UserInfo.Length == 0
        && !HasUserInfo(target.OriginalString)
        && target.IdnHost.Length is > 0 and <= 253
        && target.IdnHost.All(IsOfName);

    /// <summary>Also an empty one, which the parsed address does not tell.</summary>
    private static bool HasUserInfo(string text)
    {
        var start = text.IndexOf("//", StringComparison.Ordinal);
        if (start < 0)
        {
            return false;
        }

        var end = text.AsSpan(start + 2).IndexOfAny('/', '?');
        return text.AsSpan(start + 2, end < 0 ? text.Length - start - 2 : end).Contains('@');
    }

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '-';
}
