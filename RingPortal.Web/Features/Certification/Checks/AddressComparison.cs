namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Compares an address in Ring's console with the one that is served, byte for byte, and says what differs.</summary>
internal static class AddressComparison
{
    /// <summary>What differs, in words; null when nothing does.</summary>
    /// <param name="pasted">As it stands in the console.</param>
    /// <param name="served">As it is served.</param>
    public static string? Difference(string pasted, string served)
    {
        if (pasted == served)
        {
            return null;
        }

        var trimmed = pasted.Trim();
        var reasons = new List<string>();
        Note(reasons, trimmed != pasted, "white space around it");
        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            reasons.Add("it is no web address");
            return Sentence(reasons, served);
        }

        Compare(reasons, trimmed, address, new Uri(served));
        if (reasons.Count == 0)
        {
            reasons.Add("it is written differently");
        }

        return Sentence(reasons, served);
    }

    private static void Compare(List<string> reasons, string pasted, Uri address, Uri served)
    {
        Note(reasons, address.Scheme != served.Scheme, $"{address.Scheme} instead of {served.Scheme}");
        Note(reasons, address.IdnHost != served.IdnHost, "another host");
        Note(reasons, address.Port != served.Port, $"port {address.Port} instead of {served.Port}");
        Note(reasons, address.Port == served.Port && address.IsDefaultPort && pasted.Contains($":{address.Port}", StringComparison.Ordinal), $"the usual port {address.Port} written out");
        var (path, wanted) = (address.AbsolutePath, served.AbsolutePath);
        Note(reasons, path == wanted + "/", "a slash at the end");
        Note(reasons, path != wanted && path.Equals(wanted, StringComparison.OrdinalIgnoreCase), "capital letters in the path");
        Note(reasons, !path.TrimEnd('/').Equals(wanted, StringComparison.OrdinalIgnoreCase), "another path");
        Note(reasons, address.Query.Length > 0 || address.Fragment.Length > 0, "a query or fragment");
        Note(reasons, address.UserInfo.Length > 0, "a user name");
        // What an address reader evens out silently, Ring may not.
        var origin = pasted.Length > 8 && pasted.IndexOf('/', 8) is > 0 and var end ? pasted[..end] : pasted;
        Note(reasons, origin.Any(char.IsAsciiLetterUpper), "capital letters in the scheme or host");
    }

    private static void Note(List<string> reasons, bool differs, string words)
    {
        if (differs)
        {
            reasons.Add(words);
        }
    }

    private static string Sentence(List<string> reasons, string served) => $"The pasted address differs from the served one ({served}): {string.Join(", ", reasons)}";
}
