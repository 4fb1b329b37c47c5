using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Account;
using RingPortal.Data.Devices;

namespace RingPortal.Data.Events;

internal sealed class DeviceEventMapping : IEntityTypeConfiguration<DeviceEvent>
{
    public void Configure(EntityTypeBuilder<DeviceEvent> builder)
    {
        builder.ToTable("device_events");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(entry => entry.SubType).HasMaxLength(100);
        builder.Property(entry => entry.SourceKey).HasMaxLength(500);
        builder.Property(entry => entry.HistoryId).HasMaxLength(200);
        builder.Property(entry => entry.Origin).HasConversion<string>().HasMaxLength(20).HasDefaultValue(EventOrigin.Delivery);
        builder.Property(entry => entry.Reviewed).HasDefaultValue(false);
        builder.HasIndex(entry => new { entry.DeviceId, entry.HistoryId }, "ux_device_events_history").HasDatabaseName("ux_device_events_history").IsUnique().HasFilter("history_id IS NOT NULL");
        builder.HasIndex(entry => new { entry.DeviceId, entry.SourceKey }, "ux_device_events_source").HasDatabaseName("ux_device_events_source").IsUnique();
        builder.HasIndex(entry => new { entry.UserId, entry.OccurredAt, entry.Id });
        builder.HasIndex(entry => new { entry.DeviceId, entry.OccurredAt, entry.Id });
        builder.HasIndex(entry => entry.OccurredAt);
        builder.HasOne<Device>().WithMany().HasForeignKey(entry => entry.DeviceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(entry => entry.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
