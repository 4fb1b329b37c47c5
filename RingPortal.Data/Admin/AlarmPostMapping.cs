using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Admin;

internal sealed class AlarmPostMapping : IEntityTypeConfiguration<AlarmPost>
{
    public void Configure(EntityTypeBuilder<AlarmPost> builder)
    {
        builder.ToTable("alarm_posts");
        builder.Property(post => post.Id).ValueGeneratedNever();
        builder.Property(post => post.Body).HasMaxLength(4000);
        builder.Property(post => post.LastError).HasMaxLength(100);
        builder.HasIndex(post => post.AlarmId);
        builder.HasIndex(post => post.NextAttemptAt, "ix_alarm_posts_due").HasDatabaseName("ix_alarm_posts_due").HasFilter("next_attempt_at IS NOT NULL");
        builder.HasOne<Alarm>().WithMany().HasForeignKey(post => post.AlarmId).OnDelete(DeleteBehavior.Cascade);
    }
}
