using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Account;
using RingPortal.Data.Tokens;

namespace RingPortal.Data.Linking;

internal sealed class UsedNonceMapping : IEntityTypeConfiguration<UsedNonce>
{
    public void Configure(EntityTypeBuilder<UsedNonce> builder)
    {
        builder.ToTable("used_nonces");
        builder.HasKey(used => used.NonceHash);
        builder.Property(used => used.NonceHash).HasMaxLength(32);
        builder.Property(used => used.Outcome).HasConversion<string>().HasMaxLength(20);
        builder.Property(used => used.Reference).HasMaxLength(16);
        builder.HasIndex(used => new { used.UserId, used.UsedAt });
        builder.HasIndex(used => used.UsedAt);
        builder.HasIndex(used => used.RingTokenId);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(used => used.UserId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<RingToken>().WithMany().HasForeignKey(used => used.RingTokenId).OnDelete(DeleteBehavior.SetNull);
    }
}
