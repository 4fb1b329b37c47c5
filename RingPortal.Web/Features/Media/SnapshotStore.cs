using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Media;
using RingPortal.Web.Features.Pruning;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Web.Features.Media;

/// <summary>Keeps pictures sealed, each to its own row, and opens them again.</summary>
internal sealed class SnapshotStore(TokenVault vault, IOptions<RetentionOptions> retention, TimeProvider clock)
{
    /// <summary>The longest that a picture is kept (days).</summary>
    public int MostDays => retention.Value.Snapshots.RetentionDays;

    /// <summary>The latest picture of a camera.</summary>
    public async Task<KeptPicture?> LatestAsync(RingPortalContext context, Guid deviceId, CancellationToken cancellationToken) =>
        Open(await context.Snapshots.AsNoTracking().SingleOrDefaultAsync(picture => picture.DeviceId == deviceId && picture.Slot == null, cancellationToken));

    /// <summary>A picture of the albums of a person.</summary>
    public async Task<(Snapshot Row, KeptPicture Picture)?> OfAlbumAsync(RingPortalContext context, Guid userId, Guid id, CancellationToken cancellationToken)
    {
        var row = await context.Snapshots.AsNoTracking().SingleOrDefaultAsync(picture => picture.Id == id && picture.UserId == userId && picture.Slot != null, cancellationToken);
        return Open(row) is { } picture ? (row!, picture) : null;
    }

    /// <summary>Puts the latest picture of a camera in the place of the one before. In the caller's transaction, which keeps others away.</summary>
    public async Task ReplaceLatestAsync(RingPortalContext context, MediaCamera camera, NewPicture picture, CancellationToken cancellationToken)
    {
        var row = await context.Snapshots.SingleOrDefaultAsync(kept => kept.DeviceId == camera.Id && kept.Slot == null, cancellationToken);
        if (row is null)
        {
            row = Row(camera, slot: null, SnapshotOutcome.Kept, MostDays);
            context.Snapshots.Add(row);
        }
        else if (row.TakenAt is not null && row.TakenAt == picture.TakenAt)
        {
            return;
        }

        (row.StoredAt, row.KeepUntil) = (clock.GetUtcNow(), clock.GetUtcNow().AddDays(MostDays));
        Fill(row, picture);
        await context.SaveChangesAsync(cancellationToken);
    }

    /// <summary>An entry of an album, with a picture or without.</summary>
    public Snapshot Entry(MediaCamera camera, DateTimeOffset slot, SnapshotOutcome outcome, NewPicture? picture, int keepDays)
    {
        var row = Row(camera, slot, outcome, Math.Min(keepDays, MostDays));
        if (picture is not null)
        {
            Fill(row, picture);
        }

        return row;
    }

    private Snapshot Row(MediaCamera camera, DateTimeOffset? slot, SnapshotOutcome outcome, int keepDays) => new()
    {
        Id = Guid.CreateVersion7(clock.GetUtcNow()),
        DeviceId = camera.Id,
        UserId = camera.UserId,
        Slot = slot,
        Outcome = outcome,
        StoredAt = clock.GetUtcNow(),
        KeepUntil = clock.GetUtcNow().AddDays(keepDays),
    };

    private void Fill(Snapshot row, NewPicture picture)
    {
        (row.TakenAt, row.Origin, row.MediaType) = (picture.TakenAt, picture.Origin, picture.Format.Type);
        (row.Width, row.Height) = (picture.Size.Width, picture.Size.Height);
        row.SealedContent = vault.SealBytes(row.Id, VaultColumns.Picture, picture.Content);
    }

    private KeptPicture? Open(Snapshot? row) => row is { SealedContent: { } content } && MediaFormat.OfType(row.MediaType) is { } format
        ? new KeptPicture(format, row.TakenAt, row.Origin, vault.OpenBytes(row.Id, VaultColumns.Picture, content))
        : null;
}
