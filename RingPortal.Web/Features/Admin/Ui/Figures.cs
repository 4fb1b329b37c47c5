using System.Globalization;

namespace RingPortal.Web.Features.Admin.Ui;

/// <summary>Numbers as operators read them: 18,204 · 1.2 s · 41 ms · 3.4 MB.</summary>
public static class Figures
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <summary>A count, with "+" when counting was given up there.</summary>
    public static string Count(long value, bool more = false) => value.ToString("#,0", s_culture) + (more ? "+" : "");

    /// <summary>A short time: "41 ms", "1.2 s", "3 min", "2 h 5 min", "4 d".</summary>
    public static string Time(TimeSpan value) => value switch
    {
        { TotalMilliseconds: < 999.5 } => string.Create(s_culture, $"{value.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 59.95 } => string.Create(s_culture, $"{value.TotalSeconds:0.#} s"),
        { TotalMinutes: < 60 } => string.Create(s_culture, $"{Math.Max(1, (int)value.TotalMinutes)} min"),
        { TotalHours: < 24 } => value.Minutes == 0 ? string.Create(s_culture, $"{(int)value.TotalHours} h") : string.Create(s_culture, $"{(int)value.TotalHours} h {value.Minutes} min"),
        _ => string.Create(s_culture, $"{(int)value.TotalDays} d"),
    };

    /// <summary>A size in bytes: "3.4 MB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(s_culture, $"{bytes} B"),
        < 1_000_000 => string.Create(s_culture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(s_culture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(s_culture, $"{bytes / 1e9:0.#} GB"),
    };
}
