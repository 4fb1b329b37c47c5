using System.Globalization;

namespace RingPortal.Web.Features.Events;

/// <summary>A place in the timeline: newer is greater, equal times are told apart by the id.</summary>
/// <param name="At">When the entry there happened (UTC, to the microsecond, as it is stored).</param>
/// <param name="Id">The entry there.</param>
public sealed record TimelinePosition(DateTimeOffset At, Guid Id)
{
    /// <summary>As it stands in addresses: microseconds since 1970 and the id.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(At.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond}-{Id:N}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static TimelinePosition? Read(string? text)
    {
        if (text?.Split('-') is not [var time, var id]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            || microseconds > (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond
            || !Guid.TryParseExact(id, "N", out var entry))
        {
            return null;
        }

        return new TimelinePosition(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), entry);
    }
}
