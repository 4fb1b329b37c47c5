using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace RingPortal.Data.Account;

internal sealed class EndedSessionMapping : IEntityTypeConfiguration<EndedSession>
{
    public void Configure(EntityTypeBuilder<EndedSession> builder)
    {
        builder.ToTable("ended_sessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        // Pruned by it.
        builder.HasIndex(session => session.EndedAt);
    }
}
