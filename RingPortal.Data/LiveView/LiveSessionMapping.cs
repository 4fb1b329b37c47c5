using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.LiveView;

// No foreign keys: a session must still be ended at Ring when its camera is already deleted here.
internal sealed class LiveSessionMapping : IEntityTypeConfiguration<LiveSession>
{
    public void Configure(EntityTypeBuilder<LiveSession> builder)
    {
        builder.ToTable("live_sessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.RingPath).HasMaxLength(2048);
        builder.Property(session => session.EndReason).HasMaxLength(40);
        builder.HasIndex(session => session.DeviceId);
        builder.HasIndex(session => session.UserId);
        builder.HasIndex(session => session.NextAttemptAt, "ix_live_sessions_due").HasDatabaseName("ix_live_sessions_due").HasFilter("closed_at IS NULL");
        builder.HasIndex(session => session.ClosedAt, "ix_live_sessions_closed").HasDatabaseName("ix_live_sessions_closed").HasFilter("closed_at IS NOT NULL");
    }
}
