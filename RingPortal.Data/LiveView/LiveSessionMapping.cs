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
        // Ring's business: the address is opaque and may be long.
        builder.Property(session => session.RingPath).HasColumnType("text");
        builder.Property(session => session.EndReason).HasMaxLength(40);
        builder.HasIndex(session => session.DeviceId);
        // One place at each camera, taken before Ring is asked and free again when Ring was told of the end.
        builder.HasIndex(session => session.DeviceId, "ux_live_sessions_place").HasDatabaseName("ux_live_sessions_place").IsUnique().HasFilter("closed_at IS NULL");
        builder.HasIndex(session => session.UserId);
        builder.HasIndex(session => session.NextAttemptAt, "ix_live_sessions_due").HasDatabaseName("ix_live_sessions_due").HasFilter("closed_at IS NULL");
        builder.HasIndex(session => session.ClosedAt, "ix_live_sessions_closed").HasDatabaseName("ix_live_sessions_closed").HasFilter("closed_at IS NOT NULL");
    }
}
