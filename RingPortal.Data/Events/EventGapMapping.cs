using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Devices;

namespace RingPortal.Data.Events;

internal sealed class EventGapMapping : IEntityTypeConfiguration<EventGap>
{
    public void Configure(EntityTypeBuilder<EventGap> builder)
    {
        builder.ToTable("event_gaps");
        builder.Property(gap => gap.Id).ValueGeneratedNever();
        builder.Property(gap => gap.Cause).HasMaxLength(40);
        builder.Property(gap => gap.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(gap => gap.LastError).HasMaxLength(100);
        builder.HasIndex(gap => new { gap.DeviceId, gap.FromAt }, "ux_event_gaps_time").HasDatabaseName("ux_event_gaps_time").IsUnique();
        builder.HasIndex(gap => gap.NextAttemptAt, "ix_event_gaps_due").HasDatabaseName("ix_event_gaps_due").HasFilter("settled_at IS NULL");
        builder.HasIndex(gap => gap.ToAt);
        builder.HasOne<Device>().WithMany().HasForeignKey(gap => gap.DeviceId).OnDelete(DeleteBehavior.Cascade);
    }
}
