namespace RingPortal.Data.Media;

/// <summary>
/// When Ring was last asked for the latest picture of a camera, and who asks now. Written over all instances, so that many
/// who look at once ask once.
/// </summary>
public sealed class SnapshotLook
{
    /// <summary>The camera.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>When Ring last answered (UTC), also when there was no picture; null before the first answer.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>What came of it, in one word for the page, for example <c>none</c>; null when a picture came.</summary>
    public string? Refusal { get; set; }

    /// <summary>Who asks now: only this asker may write what came of it.</summary>
    public Guid? LeaseId { get; set; }

    /// <summary>When the asker counts as lost (UTC).</summary>
    public DateTimeOffset? LeaseUntil { get; set; }
}
