using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Webhooks;

internal sealed class InboxBulkMapping : IEntityTypeConfiguration<InboxBulk>
{
    public void Configure(EntityTypeBuilder<InboxBulk> builder)
    {
        builder.ToTable("inbox_bulks");
        builder.Property(bulk => bulk.Id).ValueGeneratedNever();
        builder.Property(bulk => bulk.Verb).HasConversion<string>().HasMaxLength(20);
        builder.Property(bulk => bulk.Filter).HasColumnType("jsonb");
        builder.HasIndex(bulk => bulk.AskedAt);
        builder.HasIndex(bulk => bulk.AskedAt, "ix_inbox_bulks_open").HasDatabaseName("ix_inbox_bulks_open").HasFilter("settled_at IS NULL");
    }
}
