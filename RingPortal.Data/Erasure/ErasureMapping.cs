using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Erasure;

// No foreign key to the account: the record outlives it.
internal sealed class ErasureMapping : IEntityTypeConfiguration<ErasureWork>
{
    public void Configure(EntityTypeBuilder<ErasureWork> builder)
    {
        builder.ToTable("erasures");
        builder.Property(work => work.Id).ValueGeneratedNever();
        builder.Property(work => work.Stage).HasConversion<string>().HasMaxLength(20);
        builder.Property(work => work.LastError).HasMaxLength(1000);
        builder.HasIndex(work => work.UserId).IsUnique();
        builder.HasIndex(work => work.NextAttemptAt, "ix_erasures_due").HasDatabaseName("ix_erasures_due").HasFilter("completed_at IS NULL");
        builder.HasIndex(work => work.RequestedAt);
    }
}
