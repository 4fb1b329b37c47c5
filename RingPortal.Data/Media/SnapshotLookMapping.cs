using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Devices;

namespace RingPortal.Data.Media;

internal sealed class SnapshotLookMapping : IEntityTypeConfiguration<SnapshotLook>
{
    public void Configure(EntityTypeBuilder<SnapshotLook> builder)
    {
        builder.ToTable("snapshot_looks");
        builder.HasKey(look => look.DeviceId);
        builder.Property(look => look.Refusal).HasMaxLength(20);
        builder.HasOne<Device>().WithOne().HasForeignKey<SnapshotLook>(look => look.DeviceId).OnDelete(DeleteBehavior.Cascade);
    }
}
