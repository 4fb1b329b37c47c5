using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Admin;

internal sealed class MinuteFigureMapping : IEntityTypeConfiguration<MinuteFigure>
{
    public void Configure(EntityTypeBuilder<MinuteFigure> builder)
    {
        builder.ToTable("minute_figures");
        builder.HasKey(figure => new { figure.Minute, figure.Instance, figure.Name, figure.Tag });
        builder.Property(figure => figure.Instance).HasMaxLength(60);
        builder.Property(figure => figure.Name).HasMaxLength(60);
        builder.Property(figure => figure.Tag).HasMaxLength(60);
    }
}
