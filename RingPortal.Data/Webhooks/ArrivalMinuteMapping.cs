using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Webhooks;

internal sealed class ArrivalMinuteMapping : IEntityTypeConfiguration<ArrivalMinute>
{
    public void Configure(EntityTypeBuilder<ArrivalMinute> builder)
    {
        builder.ToTable("arrival_minutes");
        builder.HasKey(minute => new { minute.At, minute.Route, minute.Verdict });
        builder.Property(minute => minute.Route).HasMaxLength(20);
        builder.Property(minute => minute.Verdict).HasMaxLength(40);
    }
}
