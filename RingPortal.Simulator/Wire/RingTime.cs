using System.Globalization;

namespace RingPortal.Simulator.Wire;

/// <summary>Ring's two ways to write a time.</summary>
internal static class RingTime
{
    public static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Nine digits: .NET has seven, the last two are zeros.</summary>
    public static string Nanoseconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);
}
