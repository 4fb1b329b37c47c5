using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Tokens;

namespace RingPortal.Data.Devices;

internal sealed class SyncRequestMapping : IEntityTypeConfiguration<SyncRequest>
{
    public void Configure(EntityTypeBuilder<SyncRequest> builder)
    {
        builder.ToTable("sync_requests");
        builder.Property(request => request.Id).ValueGeneratedNever();
        builder.Property(request => request.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(request => request.RingDeviceId).HasMaxLength(200);
        builder.Property(request => request.LastError).HasMaxLength(400);
        builder.HasIndex(request => new { request.RingTokenId, request.Kind, request.RingDeviceId }, "ux_sync_requests_subject").HasDatabaseName("ux_sync_requests_subject").IsUnique();
        builder.HasIndex(request => request.NextAttemptAt);
        builder.HasOne<RingToken>().WithMany().HasForeignKey(request => request.RingTokenId).OnDelete(DeleteBehavior.Cascade);
    }
}
