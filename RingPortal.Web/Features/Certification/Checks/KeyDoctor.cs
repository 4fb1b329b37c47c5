namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>What may be wrong with the shape of an HMAC key. Ring shows Base64 of 32 bytes, which is used as this very text.</summary>
internal static class KeyDoctor
{
    private const int Shortest = 16;
    private const int HexDigits = 64;

    /// <summary>Everything that is wrong, in words without a character of the key.</summary>
    /// <param name="raw">As it was set, before anything is cut off.</param>
    /// <param name="clientSecret">The app's client secret.</param>
    /// <param name="clientId">The app's client id.</param>
    public static IEnumerable<string> Examine(string raw, string? clientSecret, string? clientId)
    {
        var key = raw.Trim();
        if (key.Length == 0)
        {
            return ["Ring__HmacKey is not set"];
        }

        return Mistakes(key, clientSecret?.Trim(), clientId?.Trim());
    }

    /// <summary>The shape of a key that nothing is wrong with.</summary>
    public static string Describe(string raw)
    {
        var key = raw.Trim();
        var shape = IsBase64(key) ? "text in the shape of Base64, as the console shows it" : "text, though not in the shape of Base64 that the console shows";
        return $"{key.Length} characters of {shape}, used undecoded{(key.Length == raw.Length ? "" : " (white space around it is cut)")}";
    }

    private static IEnumerable<string> Mistakes(string key, string? clientSecret, string? clientId)
    {
        if (key == clientSecret)
        {
            yield return "it is the client secret: the console shows another text as HMAC Signature Key";
        }

        if (key == clientId)
        {
            yield return "it is the client id: the console shows another text as HMAC Signature Key";
        }

        if (key.Any(char.IsWhiteSpace))
        {
            yield return "there is white space inside of it: it was broken when it was copied";
        }

        if (key is ['"', ..] or ['\'', ..] or [.., '"'] or [.., '\''])
        {
            yield return "there are quotation marks around it";
        }

        if (key.Any(character => char.IsControl(character) || character > '~'))
        {
            yield return "there are characters in it that no key has: it looks like a decoded key. Set the text that the console shows";
        }

        if (key.Length == HexDigits && key.All(char.IsAsciiHexDigit))
        {
            yield return "it is 64 hexadecimal digits: it looks like a key that was decoded and written anew. Set the text that the console shows";
        }
        else if (key.Length < Shortest)
        {
            yield return $"it has {key.Length} characters only: a part is missing, or it was decoded";
        }
    }

    private static bool IsBase64(string key) => key.Length % 4 == 0 && Convert.TryFromBase64String(key, new byte[key.Length], out _);
}
