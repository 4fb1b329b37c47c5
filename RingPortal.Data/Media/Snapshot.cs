namespace RingPortal.Data.Media;

/// <summary>
/// A kept picture of a camera: the latest one (one a camera), or an entry of its album, which may also say why there is no
/// picture. Pictures are sealed like secrets.
/// </summary>
public sealed class Snapshot
{
    /// <summary>Our own key, the one in addresses; part of what the picture is sealed to.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The camera.</summary>
    public required Guid DeviceId { get; init; }

    /// <summary>Whose camera it is.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The moment of the schedule that it was kept for (UTC); null for the latest picture.</summary>
    public DateTimeOffset? Slot { get; init; }

    /// <summary>What became of it. Stored by name.</summary>
    public required SnapshotOutcome Outcome { get; set; }

    /// <summary>When Ring says it was taken (UTC); null where there is no picture.</summary>
    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>Where Ring says it comes from. Stored by name.</summary>
    public SnapshotOrigin Origin { get; set; }

    /// <summary><c>image/jpeg</c> or <c>image/png</c>.</summary>
    public string? MediaType { get; set; }

    /// <summary>Width in pixels, as the file itself says.</summary>
    public int? Width { get; set; }

    /// <summary>Height in pixels, as the file itself says.</summary>
    public int? Height { get; set; }

    /// <summary>The picture, sealed to this row; null where there is none.</summary>
    public byte[]? SealedContent { get; set; }

    /// <summary>When it was written here (UTC).</summary>
    public required DateTimeOffset StoredAt { get; set; }

    /// <summary>Until when it is kept (UTC).</summary>
    public required DateTimeOffset KeepUntil { get; set; }
}

/// <summary>What became of a picture that was to be kept.</summary>
public enum SnapshotOutcome
{
    /// <summary>It is here.</summary>
    Kept,

    /// <summary>Nothing was recorded in that time.</summary>
    Nothing,

    /// <summary>The camera was offline.</summary>
    Offline,

    /// <summary>Ring did not allow it.</summary>
    Denied,

    /// <summary>It is protected by the owner's encryption setting.</summary>
    Protected,

    /// <summary>Ring could not give it, however often we asked.</summary>
    Failed,
}

/// <summary>Where a picture comes from.</summary>
public enum SnapshotOrigin
{
    /// <summary>Ring did not say.</summary>
    Unknown,

    /// <summary>A frame of a recording.</summary>
    Recording,

    /// <summary>A still that Ring stored.</summary>
    Snapshot,
}
