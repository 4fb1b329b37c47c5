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
        // A portal of the version before writes alarms without a level.
        builder.Property(alarm => alarm.Level).HasConversion<string>().HasMaxLength(20).HasDefaultValue(AlarmLevel.Warning).HasSentinel(AlarmLevel.Warning);
        builder.HasIndex(alarm => alarm.NextMessageAt, "ix_alarms_message_due").HasDatabaseName("ix_alarms_message_due").HasFilter("next_message_at IS NOT NULL");
        builder.HasIndex(alarm => alarm.ResolvedAt, "ix_alarms_resolved").HasDatabaseName("ix_alarms_resolved").HasFilter("resolved_at IS NOT NULL");
    }
}
