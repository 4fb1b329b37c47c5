using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Audit;

internal sealed class AuditSubjectMapping : IEntityTypeConfiguration<AuditSubject>
{
    public void Configure(EntityTypeBuilder<AuditSubject> builder)
    {
        builder.ToTable("audit_subjects");
        builder.Property(subject => subject.Id).ValueGeneratedNever();
        builder.HasIndex(subject => subject.UserId).IsUnique();
    }
}

internal sealed class AuditRecordMapping : IEntityTypeConfiguration<AuditRecord>
{
    public void Configure(EntityTypeBuilder<AuditRecord> builder)
    {
        builder.ToTable("audit_records");
        builder.Property(record => record.Id).UseIdentityAlwaysColumn();
        builder.Property(record => record.TransactionId).HasDefaultValueSql("(pg_current_xact_id()::text)::bigint");
        builder.Property(record => record.Action).HasMaxLength(60);
        builder.Property(record => record.Actor).HasConversion<string>().HasMaxLength(20);
        builder.Property(record => record.Target).HasMaxLength(100);
        builder.Property(record => record.Reason).HasMaxLength(400);
        builder.Property(record => record.Details).HasColumnType("jsonb");
        builder.Property(record => record.ArchiveDigest).HasMaxLength(32);
        builder.HasIndex(record => record.At);
        // What is to be sealed is found by this alone, however long the trail is.
        builder.HasIndex(record => record.TransactionId);
        builder.HasIndex(record => new { record.SubjectId, record.Id });
        builder.HasIndex(record => new { record.Action, record.Id });
        // What operators look for: the newest of a kind, of a kind of actor, of a person, of a thing.
        builder.HasIndex(record => new { record.Action, record.At });
        builder.HasIndex(record => new { record.Actor, record.At });
        builder.HasIndex(record => new { record.ActorId, record.At });
        builder.HasIndex(record => new { record.Target, record.At });
    }
}

internal sealed class AuditSealMapping : IEntityTypeConfiguration<AuditSeal>
{
    public void Configure(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("audit_seals");
        builder.HasKey(seal => seal.Number);
        builder.Property(seal => seal.Number).ValueGeneratedNever();
        builder.Property(seal => seal.Digest).HasMaxLength(32);
        builder.Property(seal => seal.PreviousMac).HasMaxLength(32);
        builder.Property(seal => seal.Mac).HasMaxLength(32);
        builder.Property(seal => seal.KeyId).HasMaxLength(8);
        builder.HasIndex(seal => seal.SealedAt);
        // Tells whether a record is sealed: what a restored trail brings along must not be sealed again. A list of pending entries
        // would be read for every record that is asked for.
        builder.HasIndex(seal => seal.RecordIds).HasMethod("gin").HasStorageParameter("fastupdate", false);
        builder.HasIndex(seal => seal.Number, "ix_audit_seals_kept").HasDatabaseName("ix_audit_seals_kept").HasFilter("pruned_at IS NULL");
    }
}

internal sealed class ArchiveMapping : IEntityTypeConfiguration<Archive>
{
    public void Configure(EntityTypeBuilder<Archive> builder)
    {
        builder.ToTable("archives");
        builder.Property(archive => archive.Id).ValueGeneratedNever();
        builder.Property(archive => archive.Digest).HasMaxLength(32);
        builder.HasIndex(archive => archive.TeardownId).IsUnique();
        builder.HasIndex(archive => archive.CreatedAt);
    }
}

internal sealed class AuditCheckMapping : IEntityTypeConfiguration<AuditCheck>
{
    public void Configure(EntityTypeBuilder<AuditCheck> builder)
    {
        builder.ToTable("audit_checks");
        builder.Property(check => check.Id).ValueGeneratedNever();
        builder.Property(check => check.NewestSeal).HasMaxLength(100);
        builder.Property(check => check.FirstBreak).HasMaxLength(400);
        builder.HasIndex(check => check.AskedAt);
    }
}
