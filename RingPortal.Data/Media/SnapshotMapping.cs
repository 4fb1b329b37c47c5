using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Account;
using RingPortal.Data.Devices;

namespace RingPortal.Data.Media;

internal sealed class SnapshotMapping : IEntityTypeConfiguration<Snapshot>
{
    public void Configure(EntityTypeBuilder<Snapshot> builder)
    {
        builder.ToTable("snapshots");
        builder.Property(picture => picture.Id).ValueGeneratedNever();
        builder.Property(picture => picture.Outcome).HasConversion<string>().HasMaxLength(20);
        builder.Property(picture => picture.Origin).HasConversion<string>().HasMaxLength(20);
        builder.Property(picture => picture.MediaType).HasMaxLength(40);
        builder.HasIndex(picture => picture.DeviceId, "ux_snapshots_latest").HasDatabaseName("ux_snapshots_latest").IsUnique().HasFilter("slot IS NULL");
        builder.HasIndex(picture => new { picture.DeviceId, picture.Slot }, "ux_snapshots_slot").HasDatabaseName("ux_snapshots_slot").IsUnique().HasFilter("slot IS NOT NULL");
        builder.HasIndex(picture => picture.UserId);
        builder.HasIndex(picture => picture.StoredAt);
        builder.HasIndex(picture => picture.KeepUntil);
        builder.HasOne<Device>().WithMany().HasForeignKey(picture => picture.DeviceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(picture => picture.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
