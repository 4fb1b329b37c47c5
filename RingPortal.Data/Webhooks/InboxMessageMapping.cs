using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Webhooks;

internal sealed class InboxMessageMapping : IEntityTypeConfiguration<InboxMessage>
{
    public void Configure(EntityTypeBuilder<InboxMessage> builder)
    {
        builder.ToTable("webhook_inbox");
        builder.Property(message => message.Id).ValueGeneratedNever();
        builder.Property(message => message.RequestId).HasMaxLength(200);
        builder.Property(message => message.EventKey).HasMaxLength(64);
        builder.Property(message => message.BodyHash).HasMaxLength(32);
        builder.Property(message => message.AccountId).HasMaxLength(200);
        builder.Property(message => message.EventType).HasMaxLength(100);
        builder.Property(message => message.Source).HasMaxLength(200);
        builder.Property(message => message.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(message => message.Reason).HasMaxLength(400);
        builder.HasIndex(message => message.RequestId).IsUnique();
        builder.HasIndex(message => message.EventKey).IsUnique();
        builder.HasIndex(message => new { message.AccountId, message.EventType });
        builder.Property(message => message.LastError).HasMaxLength(1000);
        builder.Property(message => message.Outcome).HasMaxLength(100);
        builder.HasIndex(message => new { message.NextAttemptAt }, "ix_webhook_inbox_due").HasDatabaseName("ix_webhook_inbox_due").HasFilter("state = 'Due'");
        builder.HasIndex(message => new { message.AccountId, message.ReceivedAt }, "ix_webhook_inbox_parked").HasDatabaseName("ix_webhook_inbox_parked").HasFilter("state = 'Parked'");
        builder.HasIndex(message => new { message.SettledAt }, "ix_webhook_inbox_dead").HasDatabaseName("ix_webhook_inbox_dead").HasFilter("state = 'Dead'");
        // What belongs to an account only by what its body says.
        builder.HasIndex(message => message.ReceivedAt, "ix_webhook_inbox_unassigned").HasDatabaseName("ix_webhook_inbox_unassigned").HasFilter("account_id IS NULL");
        builder.HasIndex(message => message.ReceivedAt);
        builder.Property(message => message.SettledBy).HasMaxLength(100);
        builder.Property(message => message.Tries).HasColumnType("jsonb");
        builder.Property(message => message.Headers).HasColumnType("jsonb");
        // What operators look for among a month of deliveries. The usual ones, on their way from Due to Done, are in none of these.
        builder.HasIndex(message => new { message.State, message.ReceivedAt, message.Id }, "ix_webhook_inbox_held").HasDatabaseName("ix_webhook_inbox_held").HasFilter("state IN ('Parked', 'Dead', 'Quarantined')");
        builder.HasIndex(message => new { message.EventType, message.ReceivedAt }, "ix_webhook_inbox_rare").HasDatabaseName("ix_webhook_inbox_rare").HasFilter("event_type NOT IN ('motion_detected', 'button_press')");
        builder.HasIndex(message => new { message.BulkId, message.State }, "ix_webhook_inbox_bulk").HasDatabaseName("ix_webhook_inbox_bulk").HasFilter("bulk_id IS NOT NULL");
    }
}
