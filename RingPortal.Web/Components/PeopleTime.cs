using System.Globalization;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Components;

/// <summary>Writes times the way people say them.</summary>
public static class PeopleTime
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>"just now", "2 min ago", "14:20", "Yesterday, 21:14" or "Mon 16 Nov, 08:05", in the given zone.</summary>
    public static string Spoken(DateTimeOffset value, DateTimeOffset now, TimeZoneInfo zone, Texts texts)
    {
        var age = now - value;
        if (age >= TimeSpan.Zero && age < TimeSpan.FromMinutes(1))
            return texts["time.now"];
        if (age >= TimeSpan.Zero && age < TimeSpan.FromHours(1))
            return texts.Format("time.minutes", ("n", (int)age.TotalMinutes));
        return Moment(value, now, zone, texts);
    }

    /// <summary>The same without ages, for sentences such as "since 14:20".</summary>
    public static string Moment(DateTimeOffset value, DateTimeOffset now, TimeZoneInfo zone, Texts texts)
    {
        var (local, today) = (TimeZoneInfo.ConvertTime(value, zone), TimeZoneInfo.ConvertTime(now, zone).Date);
        var clock = local.ToString("HH:mm", Culture);
        if (local.Date == today)
            return clock;
        if (local.Date == today.AddDays(-1))
            return $"{texts["time.yesterday"]}, {clock}";
        var day = local.Year == today.Year ? "ddd d MMM" : "ddd d MMM yyyy";
        return $"{local.ToString(day, Culture)}, {clock}";
    }

    /// <summary>The clock alone, where the day stands above: "14:20".</summary>
    public static string Clock(DateTimeOffset value, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(value, zone).ToString("HH:mm", Culture);

    /// <summary>A day: "Mon 16 Nov", with its year when that is not this one.</summary>
    public static string Day(DateOnly day, DateTimeOffset now, TimeZoneInfo zone) =>
        day.ToString(day.Year == TimeZoneInfo.ConvertTime(now, zone).Year ? "ddd d MMM" : "ddd d MMM yyyy", Culture);

    /// <summary>A day as a heading: "Today", "Yesterday" or "Mon 16 Nov".</summary>
    public static string DayTitle(DateOnly day, DateTimeOffset now, TimeZoneInfo zone, Texts texts)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date);
        return day == today ? texts["time.today"]
            : day == today.AddDays(-1) ? texts["time.yesterday"]
            : Day(day, now, zone);
    }

    /// <summary>A date as it is written in sentences: "23 Nov 2026".</summary>
    public static string Date(DateTimeOffset value, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(value, zone).ToString("d MMM yyyy", Culture);

    /// <summary>The exact time with its zone: "23 Nov 2026, 14:20:11, Europe/Berlin".</summary>
    public static string Exact(DateTimeOffset value, TimeZoneInfo zone) =>
        $"{TimeZoneInfo.ConvertTime(value, zone).ToString("d MMM yyyy, HH:mm:ss", Culture)}, {zone.Id}";
}
