using RingPortal.Data.Media;

namespace RingPortal.Web.Features.Media.Album;

/// <summary>One entry of an album as its page shows it.</summary>
/// <param name="Id">The one in addresses.</param>
/// <param name="Slot">The moment it was kept for.</param>
/// <param name="Outcome">Whether there is a picture, or why not.</param>
/// <param name="TakenAt">When it was taken, as Ring says.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record AlbumEntry(Guid Id, DateTimeOffset Slot, SnapshotOutcome Outcome, DateTimeOffset? TakenAt, SnapshotOrigin Origin, int? Width, int? Height)
{
    /// <summary>Whether there is a picture.</summary>
    public bool HasPicture => Outcome is SnapshotOutcome.Kept;

    /// <summary>The time that people read.</summary>
    public DateTimeOffset At => TakenAt ?? Slot;
}

/// <summary>An album, newest first.</summary>
/// <param name="Entries">At most <see cref="Most"/> of them.</param>
/// <param name="HasOlder">Whether there are more.</param>
/// <param name="NextSlot">When the next picture comes; null without a schedule.</param>
public sealed record AlbumView(IReadOnlyList<AlbumEntry> Entries, bool HasOlder, DateTimeOffset? NextSlot)
{
    /// <summary>Entries of one page.</summary>
    public const int Most = 120;
}
