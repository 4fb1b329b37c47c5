namespace RingPortal.Data.Media;

/// <summary>When the latest picture of a camera is put into its album. One a camera; a camera that is shared anew has none.</summary>
public sealed class SnapshotSchedule
{
    /// <summary>Our own key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The camera.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>Whose camera it is.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Every so many hours of the local day, counted from midnight; null for once a day at <see cref="At"/>.</summary>
    public int? EveryHours { get; set; }

    /// <summary>Local time of the daily picture; remembered while <see cref="EveryHours"/> is chosen.</summary>
    public required TimeOnly At { get; set; }

    /// <summary>IANA zone in which days and times are meant.</summary>
    public required string TimeZone { get; set; }

    /// <summary>How many days pictures are kept.</summary>
    public required int KeepDays { get; set; }

    /// <summary>The moment that is to be kept next (UTC); null while it is turned off.</summary>
    public DateTimeOffset? NextSlot { get; set; }

    /// <summary>When it is next worked on (UTC): at the slot, or later when Ring was not ready.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Tries for <see cref="NextSlot"/> so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Who works on it now.</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>When that worker counts as lost (UTC).</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When the person last changed it (UTC).</summary>
    public required DateTimeOffset ChangedAt { get; set; }
}
