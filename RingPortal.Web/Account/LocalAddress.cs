using Microsoft.AspNetCore.Http.HttpResults;

namespace RingPortal.Web.Account;

/// <summary>Addresses that a form or link may send the browser to: paths of this portal and nothing else (RFC 9700, open redirects).</summary>
public static class LocalAddress
{
    private const int Longest = 2000;

    /// <summary>The address when it is a plain path of this portal, else null.</summary>
    public static string? OrNull(string? address) => IsPlain(address) ? address : null;

    // Stricter than IsLocalUrl: browsers read a backslash as a slash and drop tabs and line ends, also after decoding.
    private static bool IsPlain(string? address)
    {
        if (address is not { Length: > 0 and <= Longest } || address[0] != '/' || !RedirectHttpResult.IsLocalUrl(address))
        {
            return false;
        }

        var path = Uri.UnescapeDataString(address.Split('?', '#')[0]);
        return !address.Any(IsSuspect) && !path.Any(IsSuspect) && !path.Contains("//", StringComparison.Ordinal);
    }

    private static bool IsSuspect(char sign) => sign is '\\' || char.IsControl(sign) || char.IsWhiteSpace(sign);
}
