using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Admin;

internal sealed class AlarmNoteMapping : IEntityTypeConfiguration<AlarmNote>
{
    public void Configure(EntityTypeBuilder<AlarmNote> builder)
    {
        builder.ToTable("alarm_notes");
        builder.Property(note => note.Id).ValueGeneratedNever();
        builder.Property(note => note.Kind).HasMaxLength(20);
        builder.Property(note => note.Text).HasMaxLength(1000);
        builder.HasIndex(note => note.AlarmId);
        builder.HasOne<Alarm>().WithMany().HasForeignKey(note => note.AlarmId).OnDelete(DeleteBehavior.Cascade);
    }
}
