using System.Globalization;

namespace RingPortal.Web.Ring;

/// <summary>Judges the <c>time</c> that Ring appends to the Account Link URL (contract 4.3). Needs no secret.</summary>
public static class LinkFreshness
{
    private const int LongestTime = 15;

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
