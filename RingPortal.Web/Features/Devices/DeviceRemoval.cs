using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Teardown;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.Devices;

/// <summary>Removes a camera of which Ring sent no word that it is gone: the same way as if it had.</summary>
internal sealed class DeviceRemoval(RingPortalContext context, TeardownRequests teardowns, WorkWake wake, FeedOutlet feed)
{
    /// <summary>Removes a camera that Ring does not know any more, unless it was seen again meanwhile.</summary>
    /// <param name="device">The camera.</param>
    /// <param name="listedAt">When Ring was asked for the listing that misses it (UTC).</param>
    /// <param name="deniedAt">When Ring was asked for it and said that there is none (UTC): news from before do not bring it back.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task<bool> RemoveAsync(MissingDevice device, DateTimeOffset listedAt, DateTimeOffset deniedAt, CancellationToken cancellationToken)
    {
        var longAgo = listedAt - DeviceStore.LongMissing;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var row = await context.Devices.FromSql(
            $"SELECT * FROM devices WHERE id = {device.Id} AND removed_at IS NULL AND missing_since <= {longAgo} AND refreshed_at < {listedAt} FOR UPDATE")
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return false;
        }

        var work = await teardowns.DeviceAsync(context, row, TeardownCause.Listing, deniedAt, inboxId: null, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Publish(new FeedChange(row.UserId, FeedKind.Removed, row.Id));
        wake.TearDownDevice(work.Id);
        return true;
    }
}
