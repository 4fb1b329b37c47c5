using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Account;
using RingPortal.Data.Tokens;

namespace RingPortal.Data.Devices;

internal sealed class DeviceMapping : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("devices");
        builder.Property(device => device.Id).ValueGeneratedNever();
        builder.Property(device => device.RingDeviceId).HasMaxLength(200);
        builder.Property(device => device.Name).HasMaxLength(200);
        builder.Property(device => device.Country).HasMaxLength(8);
        builder.Property(device => device.Region).HasMaxLength(100);
        builder.Property(device => device.Capabilities).HasColumnType("jsonb");
        builder.Property(device => device.Configurations).HasColumnType("jsonb");
        // What is being torn down does not exist for anybody else; the same camera may be shared again meanwhile.
        builder.HasQueryFilter(device => device.RemovedAt == null);
        builder.HasIndex(device => new { device.RingTokenId, device.RingDeviceId }, "ux_devices_shared").HasDatabaseName("ux_devices_shared").IsUnique().HasFilter("removed_at IS NULL");
        builder.HasIndex(device => device.RingTokenId);
        builder.HasIndex(device => device.UserId);
        builder.HasOne<RingToken>().WithMany().HasForeignKey(device => device.RingTokenId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(device => device.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
