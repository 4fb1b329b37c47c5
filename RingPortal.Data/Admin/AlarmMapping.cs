using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Admin;

internal sealed class AlarmMapping : IEntityTypeConfiguration<Alarm>
{
    public void Configure(EntityTypeBuilder<Alarm> builder)
    {
        builder.ToTable("alarms");
        builder.Property(alarm => alarm.Id).ValueGeneratedNever();
        builder.Property(alarm => alarm.Key).HasMaxLength(100);
        builder.Property(alarm => alarm.Text).HasMaxLength(1000);
        builder.HasIndex(alarm => alarm.Key, "ux_alarms_open_key").HasDatabaseName("ux_alarms_open_key").IsUnique().HasFilter("resolved_at IS NULL");
        builder.HasIndex(alarm => alarm.ResolvedAt, "ix_alarms_resolved").HasDatabaseName("ix_alarms_resolved").HasFilter("resolved_at IS NOT NULL");
    }
}
