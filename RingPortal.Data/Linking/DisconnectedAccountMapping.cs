using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Linking;

internal sealed class DisconnectedAccountMapping : IEntityTypeConfiguration<DisconnectedAccount>
{
    public void Configure(EntityTypeBuilder<DisconnectedAccount> builder)
    {
        builder.ToTable("disconnected_accounts");
        builder.HasKey(account => account.AccountHash);
        builder.Property(account => account.AccountHash).HasMaxLength(32);
        builder.HasIndex(account => account.DisconnectedAt);
    }
}
