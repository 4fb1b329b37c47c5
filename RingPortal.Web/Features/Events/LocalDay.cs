namespace RingPortal.Web.Features.Events;

/// <summary>Days as people at a place live them; some have 23 or 25 hours, a few begin at one o'clock.</summary>
internal static class LocalDay
{
    /// <summary>The day on which something happened.</summary>
    public static DateOnly Of(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>From its first moment (included) to that of the next day (excluded), UTC.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Range(DateOnly day, TimeZoneInfo zone) =>
        (Start(day, zone), day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : Start(day.AddDays(1), zone));

    private static DateTimeOffset Start(DateOnly day, TimeZoneInfo zone)
    {
        // Far ends of the calendar have no UTC in some zones; nothing happened there.
        if (day.Year is < 2 or > 9998)
        {
            return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        }

        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        // Where midnight comes twice the day begins with the first.
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }
}
