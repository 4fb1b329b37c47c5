using RingPortal.Data.Media;
using RingPortal.Web.Components;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Media.Album;

/// <summary>Says what is in an album and what will be.</summary>
internal static class AlbumWords
{
    /// <summary>"at 08:00", "tomorrow, 08:00" or "Mon 16 Nov, 08:00".</summary>
    public static string When(DateTimeOffset slot, DateTimeOffset now, TimeZoneInfo zone, Texts texts)
    {
        var (day, today) = (TimeZoneInfo.ConvertTime(slot, zone).Date, TimeZoneInfo.ConvertTime(now, zone).Date);
        var clock = PeopleTime.Clock(slot, zone);
        return day == today ? texts.Format("album.at", ("Time", clock))
            : day == today.AddDays(1) ? texts.Format("album.tomorrow", ("Time", clock))
            : $"{PeopleTime.Day(DateOnly.FromDateTime(day), now, zone)}, {clock}";
    }

    /// <summary>"Recording", "Snapshot", or nothing where Ring did not say.</summary>
    public static string Origin(SnapshotOrigin origin, Texts texts) => origin switch
    {
        SnapshotOrigin.Recording => texts["album.recording"],
        SnapshotOrigin.Snapshot => texts["album.snapshot"],
        _ => "",
    };

    /// <summary>Why there is no picture.</summary>
    public static string Why(SnapshotOutcome outcome, Texts texts) => texts[outcome switch
    {
        SnapshotOutcome.Offline => "album.offline",
        SnapshotOutcome.Denied => "album.denied",
        SnapshotOutcome.Protected => "album.protected",
        SnapshotOutcome.Failed => "album.failed",
        _ => "album.nothing",
    }];

    /// <summary>The icon beside it.</summary>
    public static string Icon(SnapshotOutcome outcome) => outcome switch
    {
        SnapshotOutcome.Offline => "WifiOff",
        SnapshotOutcome.Denied or SnapshotOutcome.Protected => "Lock",
        SnapshotOutcome.Failed => "ErrorOutline",
        _ => "HideImage",
    };
}
