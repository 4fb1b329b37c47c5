using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Ring;

internal sealed class RateLeaseMapping : IEntityTypeConfiguration<RateLease>
{
    public void Configure(EntityTypeBuilder<RateLease> builder)
    {
        builder.ToTable("rate_leases");
        builder.HasKey(lease => lease.Upstream);
        builder.Property(lease => lease.Upstream).HasMaxLength(20);
    }
}
