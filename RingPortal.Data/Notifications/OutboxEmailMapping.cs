using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Account;

namespace RingPortal.Data.Notifications;

internal sealed class OutboxEmailMapping : IEntityTypeConfiguration<OutboxEmail>
{
    public void Configure(EntityTypeBuilder<OutboxEmail> builder)
    {
        builder.ToTable("outbox_emails");
        builder.Property(email => email.Id).ValueGeneratedNever();
        builder.Property(email => email.Kind).HasMaxLength(40);
        builder.HasIndex(email => email.NextAttemptAt, "ix_outbox_emails_due").HasDatabaseName("ix_outbox_emails_due").HasFilter("sent_at IS NULL");
        builder.HasIndex(email => email.CreatedAt);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(email => email.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
