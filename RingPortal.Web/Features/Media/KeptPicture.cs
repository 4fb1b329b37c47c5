using RingPortal.Data.Media;

namespace RingPortal.Web.Features.Media;

/// <summary>A picture as it is kept here, opened.</summary>
/// <param name="Format">What it is.</param>
/// <param name="TakenAt">When it was taken, as Ring says.</param>
/// <param name="Origin">Where it comes from, as Ring says.</param>
/// <param name="Content">The file.</param>
internal sealed record KeptPicture(MediaFormat Format, DateTimeOffset? TakenAt, SnapshotOrigin Origin, byte[] Content);

/// <summary>A picture as it came from Ring, to be kept.</summary>
internal sealed record NewPicture(MediaFormat Format, ImageHeader Size, DateTimeOffset? TakenAt, SnapshotOrigin Origin, byte[] Content)
{
    /// <summary>Reads it to its end.</summary>
    public static async Task<NewPicture> ReadAsync(MediaFile file, CancellationToken cancellationToken) =>
        new(file.Format, file.Size, file.Source.TakenAt, (SnapshotOrigin)file.Source.Origin, await file.ReadAllAsync(cancellationToken));
}
