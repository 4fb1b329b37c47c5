using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Webhooks;

internal sealed class ArrivalMapping : IEntityTypeConfiguration<Arrival>
{
    public void Configure(EntityTypeBuilder<Arrival> builder)
    {
        builder.ToTable("arrivals");
        builder.Property(arrival => arrival.Id).ValueGeneratedNever();
        builder.Property(arrival => arrival.Route).HasMaxLength(20);
        builder.Property(arrival => arrival.Verdict).HasMaxLength(40);
        builder.Property(arrival => arrival.Reason).HasMaxLength(400);
        builder.Property(arrival => arrival.SourceNetwork).HasMaxLength(64);
        builder.Property(arrival => arrival.Host).HasMaxLength(255);
        builder.HasIndex(arrival => new { arrival.Route, arrival.At });
        builder.HasIndex(arrival => arrival.At);
        // Rare verdicts are what operators look for.
        builder.HasIndex(arrival => new { arrival.Verdict, arrival.At });
    }
}
