using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Account;
using RingPortal.Data.Devices;

namespace RingPortal.Data.Notifications;

internal sealed class NotificationPreferenceMapping : IEntityTypeConfiguration<NotificationPreference>
{
    public void Configure(EntityTypeBuilder<NotificationPreference> builder)
    {
        builder.ToTable("notification_preferences");
        builder.HasKey(preference => preference.DeviceId);
        builder.Property(preference => preference.UnsubscribeHash).HasMaxLength(32);
        builder.HasIndex(preference => preference.UserId);
        builder.HasIndex(preference => preference.UnsubscribeHash).IsUnique();
        builder.HasIndex(preference => preference.DueAt, "ix_notification_preferences_due").HasDatabaseName("ix_notification_preferences_due").HasFilter("due_at IS NOT NULL");
        builder.HasOne<Device>().WithOne().HasForeignKey<NotificationPreference>(preference => preference.DeviceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(preference => preference.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
