using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Devices;

namespace RingPortal.Web.Features.Devices;

/// <summary>Writes down that something must be read again from Ring, in the caller's transaction; asking twice is asking once.</summary>
internal static class SyncAsking
{
    /// <param name="context">The caller's unit of work.</param>
    /// <param name="ringTokenId">The link.</param>
    /// <param name="kind">What.</param>
    /// <param name="ringDeviceId">The one camera in question; empty for all.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="cancellationToken">Stops the write.</param>
    public static Task AskAsync(
        this RingPortalContext context, Guid ringTokenId, SyncKind kind, string ringDeviceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = kind.ToString();
        return context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sync_requests (id, ring_token_id, kind, ring_device_id, requested_at, version, attempts, next_attempt_at)
            VALUES ({Guid.CreateVersion7(now)}, {ringTokenId}, {name}, {ringDeviceId}, {now}, 0, 0, {now})
            ON CONFLICT (ring_token_id, kind, ring_device_id) DO UPDATE SET
                requested_at = excluded.requested_at, version = sync_requests.version + 1, attempts = 0, next_attempt_at = excluded.next_attempt_at
            """,
            cancellationToken);
    }
}
