using System.Globalization;

namespace RingPortal.Web.Ring.Media;

/// <summary>Reads what Ring says about a picture or recording beside it; what cannot be read counts as not said.</summary>
internal static class RingMediaHeaders
{
    /// <summary>Seconds rather than milliseconds: in milliseconds this would be the year 1973.</summary>
    private const long LargestSeconds = 100_000_000_000;

    private static readonly long s_largest = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static string? Text(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? values.First().Trim().ToLowerInvariant()
            : null;

    public static DateTimeOffset? Time(HttpResponseMessage response, string name)
    {
        var text = Text(response, name);
        if (Number(text) is { } number)
        {
            var milliseconds = number < LargestSeconds ? number * 1000 : number;
            return milliseconds <= s_largest ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }

    public static TimeSpan? Duration(HttpResponseMessage response, string name) =>
        Number(Text(response, name)) is { } number && number <= TimeSpan.FromHours(24).TotalMilliseconds ? TimeSpan.FromMilliseconds(number) : null;

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
