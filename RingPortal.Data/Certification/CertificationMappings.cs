using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Account;

namespace RingPortal.Data.Certification;

internal sealed class CertificationResultMapping : IEntityTypeConfiguration<CertificationResult>
{
    public void Configure(EntityTypeBuilder<CertificationResult> builder)
    {
        builder.ToTable("certification_results");
        builder.HasKey(result => result.Item);
        builder.Property(result => result.Item).HasMaxLength(60);
        builder.Property(result => result.Outcome).HasConversion<string>().HasMaxLength(20);
        builder.Property(result => result.Evidence).HasMaxLength(2000);
    }
}

internal sealed class CertificationTickMapping : IEntityTypeConfiguration<CertificationTick>
{
    public void Configure(EntityTypeBuilder<CertificationTick> builder)
    {
        builder.ToTable("certification_ticks");
        builder.HasKey(tick => tick.Item);
        builder.Property(tick => tick.Item).HasMaxLength(60);
        builder.Property(tick => tick.Note).HasMaxLength(400);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(tick => tick.UserId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class CertificationEntryMapping : IEntityTypeConfiguration<CertificationEntry>
{
    public void Configure(EntityTypeBuilder<CertificationEntry> builder)
    {
        builder.ToTable("certification_entries");
        builder.HasKey(entry => entry.Key);
        builder.Property(entry => entry.Key).HasMaxLength(40);
        builder.Property(entry => entry.Value).HasMaxLength(4000);
    }
}

internal sealed class CertificationRunMapping : IEntityTypeConfiguration<CertificationRun>
{
    public void Configure(EntityTypeBuilder<CertificationRun> builder)
    {
        builder.ToTable("certification_runs");
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.Property(run => run.Item).HasMaxLength(60);
        builder.Property(run => run.Current).HasMaxLength(60);
        builder.HasIndex(run => run.IsOpen, "ux_certification_runs_open").HasDatabaseName("ux_certification_runs_open").IsUnique().HasFilter("is_open");
    }
}

internal sealed class ReviewPeriodMapping : IEntityTypeConfiguration<ReviewPeriod>
{
    public void Configure(EntityTypeBuilder<ReviewPeriod> builder)
    {
        builder.ToTable("review_periods");
        builder.Property(review => review.Id).ValueGeneratedNever();
        builder.Property(review => review.Settings).HasColumnType("jsonb");
        builder.HasIndex(review => review.IsOpen, "ux_review_periods_open").HasDatabaseName("ux_review_periods_open").IsUnique().HasFilter("is_open");
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(review => review.ContactUserId).OnDelete(DeleteBehavior.SetNull);
    }
}

internal sealed class ReviewAccountMapping : IEntityTypeConfiguration<ReviewAccount>
{
    public void Configure(EntityTypeBuilder<ReviewAccount> builder)
    {
        builder.ToTable("review_accounts");
        builder.HasKey(account => account.UserId);
        builder.Property(account => account.UserId).ValueGeneratedNever();
        builder.HasOne<PortalUser>().WithOne().HasForeignKey<ReviewAccount>(account => account.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
