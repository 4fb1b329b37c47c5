using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Account;
using RingPortal.Data.Devices;

namespace RingPortal.Data.Media;

internal sealed class SnapshotScheduleMapping : IEntityTypeConfiguration<SnapshotSchedule>
{
    public void Configure(EntityTypeBuilder<SnapshotSchedule> builder)
    {
        builder.ToTable("snapshot_schedules");
        builder.Property(schedule => schedule.Id).ValueGeneratedNever();
        builder.Property(schedule => schedule.TimeZone).HasMaxLength(64);
        builder.HasIndex(schedule => schedule.DeviceId, "ux_snapshot_schedules_device").HasDatabaseName("ux_snapshot_schedules_device").IsUnique();
        builder.HasIndex(schedule => schedule.UserId);
        builder.HasIndex(schedule => schedule.NextAttemptAt, "ix_snapshot_schedules_due").HasDatabaseName("ix_snapshot_schedules_due").HasFilter("next_attempt_at IS NOT NULL");
        builder.HasOne<Device>().WithMany().HasForeignKey(schedule => schedule.DeviceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(schedule => schedule.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
