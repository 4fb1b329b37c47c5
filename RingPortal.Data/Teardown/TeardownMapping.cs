using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Teardown;

// No foreign keys to what is removed: the record outlives it.
internal sealed class TeardownWorkMapping : IEntityTypeConfiguration<TeardownWork>
{
    public void Configure(EntityTypeBuilder<TeardownWork> builder)
    {
        builder.ToTable("teardowns");
        builder.Property(work => work.Id).ValueGeneratedNever();
        builder.Property(work => work.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(work => work.Cause).HasConversion<string>().HasMaxLength(20);
        builder.Property(work => work.RingDeviceId).HasMaxLength(200);
        builder.Property(work => work.Name).HasMaxLength(200);
        builder.Property(work => work.LastError).HasMaxLength(1000);
        builder.HasIndex(work => work.NextAttemptAt, "ix_teardowns_due").HasDatabaseName("ix_teardowns_due").HasFilter("completed_at IS NULL");
        builder.HasIndex(work => new { work.RingTokenId, work.RingDeviceId, work.OccurredAt });
        builder.HasIndex(work => work.DeviceId, "ux_teardowns_device").HasDatabaseName("ux_teardowns_device").IsUnique();
        builder.HasIndex(work => work.RingTokenId, "ux_teardowns_integration").HasDatabaseName("ux_teardowns_integration").IsUnique().HasFilter("kind = 'Integration'");
        builder.HasIndex(work => work.RequestedAt);
    }
}

internal sealed class TeardownStepMapping : IEntityTypeConfiguration<TeardownStep>
{
    public void Configure(EntityTypeBuilder<TeardownStep> builder)
    {
        builder.ToTable("teardown_steps");
        builder.HasKey(step => new { step.TeardownId, step.Name });
        builder.Property(step => step.Name).HasMaxLength(40);
        builder.Property(step => step.Result).HasMaxLength(400);
        builder.Property(step => step.LastError).HasMaxLength(1000);
        builder.HasOne<TeardownWork>().WithMany().HasForeignKey(step => step.TeardownId).OnDelete(DeleteBehavior.Cascade);
    }
}
