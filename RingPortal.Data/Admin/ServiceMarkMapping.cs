using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Admin;

internal sealed class ServiceMarkMapping : IEntityTypeConfiguration<ServiceMark>
{
    public void Configure(EntityTypeBuilder<ServiceMark> builder)
    {
        builder.ToTable("service_marks");
        builder.HasKey(mark => mark.Name);
        builder.Property(mark => mark.Name).HasMaxLength(40);
    }
}
