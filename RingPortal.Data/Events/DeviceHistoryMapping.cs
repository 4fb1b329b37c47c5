using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Devices;

namespace RingPortal.Data.Events;

internal sealed class DeviceHistoryMapping : IEntityTypeConfiguration<DeviceHistory>
{
    public void Configure(EntityTypeBuilder<DeviceHistory> builder)
    {
        builder.ToTable("device_histories");
        builder.HasKey(history => history.DeviceId);
        builder.Property(history => history.DeviceId).ValueGeneratedNever();
        builder.HasOne<Device>().WithOne().HasForeignKey<DeviceHistory>(history => history.DeviceId).OnDelete(DeleteBehavior.Cascade);
    }
}
