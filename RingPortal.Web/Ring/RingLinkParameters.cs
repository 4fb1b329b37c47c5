using System.Globalization;

namespace RingPortal.Web.Ring;

/// <summary>Syntax and age of the two parameters that Ring appends to the Account Link URL (contract 2.2, 4.3). No secrets involved.</summary>
public static class RingLinkParameters
{
    private const int LongestTime = 15;

    /// <summary>Whether the text can be a nonce at all: exactly 43 characters of <c>A-Z a-z 0-9 - _</c>.</summary>
    public static bool IsWellFormedNonce(string? nonce) =>
        nonce is { Length: RingNonce.Length } && nonce.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_');

    /// <summary>Judges the age of a <c>time</c>.</summary>
    /// <param name="time">As received: Unix milliseconds in ASCII digits, at most 15.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="window">How long an address is good; 600 s at Ring.</param>
    /// <param name="skew">How far in the future a time may lie; 0 at Ring.</param>
    public static LinkAge Judge(string? time, DateTimeOffset now, TimeSpan window, TimeSpan skew)
    {
        if (time is not { Length: > 0 and <= LongestTime } || !time.All(char.IsAsciiDigit))
        {
            return LinkAge.Malformed;
        }

        var age = now.ToUnixTimeMilliseconds() - long.Parse(time, CultureInfo.InvariantCulture);
        return age < -(long)skew.TotalMilliseconds ? LinkAge.Malformed
            : age > (long)window.TotalMilliseconds ? LinkAge.Expired
            : LinkAge.Fresh;
    }
}
