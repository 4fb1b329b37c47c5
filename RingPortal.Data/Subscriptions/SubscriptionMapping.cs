using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Tokens;

namespace RingPortal.Data.Subscriptions;

internal sealed class SubscriptionMapping : IEntityTypeConfiguration<Subscription>
{
    public void Configure(EntityTypeBuilder<Subscription> builder)
    {
        builder.ToTable("subscriptions");
        builder.Property(subscription => subscription.Id).ValueGeneratedNever();
        builder.Property(subscription => subscription.RingSubscriptionId).HasMaxLength(200);
        builder.Property(subscription => subscription.SubType).HasMaxLength(40);
        builder.Property(subscription => subscription.PlanId).HasMaxLength(200);
        builder.HasIndex(subscription => new { subscription.RingTokenId, subscription.RingSubscriptionId }).IsUnique();
        builder.HasOne<RingToken>().WithMany().HasForeignKey(subscription => subscription.RingTokenId).OnDelete(DeleteBehavior.Cascade);
    }
}
