namespace RingPortal.Web.Features.Media.Album;

/// <summary>
/// When an album gets its pictures, in local time: once a day, or every so many hours counted from midnight. On the day on
/// which an hour is left out, what falls into it comes at its end; an hour that comes twice counts the first time only.
/// </summary>
/// <param name="At">Local time of the daily picture.</param>
/// <param name="EveryHours">A divisor of 24; null for daily.</param>
/// <param name="Zone">Where the days are.</param>
internal sealed record AlbumRhythm(TimeOnly At, int? EveryHours, TimeZoneInfo Zone)
{
    /// <summary>What may be chosen for <see cref="EveryHours"/>.</summary>
    public static readonly IReadOnlyList<int> Hours = [1, 2, 3, 4, 6, 8, 12];

    /// <summary>The first moment after a time.</summary>
    public DateTimeOffset Next(DateTimeOffset after) => Around(after).First(slot => slot > after);

    /// <summary>The last moment before a time.</summary>
    public DateTimeOffset Previous(DateTimeOffset before) => Around(before).Last(slot => slot < before);

    /// <summary>The moments of some days around a time, in order, each once.</summary>
    private IEnumerable<DateTimeOffset> Around(DateTimeOffset time)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, Zone).DateTime);
        return Enumerable.Range(-3, 7).Select(day.AddDays).SelectMany(OfDay).Distinct().Order();
    }

    private IEnumerable<DateTimeOffset> OfDay(DateOnly day) => EveryHours is { } hours
        ? Enumerable.Range(0, 24 / hours).Select(number => Moment(day.ToDateTime(new TimeOnly(number * hours, 0))))
        : [Moment(day.ToDateTime(At))];

    private DateTimeOffset Moment(DateTime local)
    {
        while (Zone.IsInvalidTime(local))
        {
            // To the end of the gap; gaps end at whole minutes.
            local = new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerMinute), local.Kind).AddMinutes(1);
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
