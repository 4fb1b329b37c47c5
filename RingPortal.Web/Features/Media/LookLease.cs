using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.Media;

/// <summary>Who asks Ring for the latest picture of a camera, over all instances. Never a lock that is held while Ring answers.</summary>
internal static class LookLease
{
    /// <summary>Longer than a call with a renewal of the tokens and all redirects.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    /// <summary>Takes it, unless somebody else has it or the camera is gone.</summary>
    public static async Task<bool> TakeAsync(RingPortalContext context, Guid deviceId, Guid lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = now + s_longest;
        return await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO snapshot_looks AS look (device_id, lease_id, lease_until)
            SELECT id, {lease}, {until} FROM devices WHERE id = {deviceId} AND removed_at IS NULL FOR KEY SHARE
            ON CONFLICT (device_id) DO UPDATE SET lease_id = excluded.lease_id, lease_until = excluded.lease_until
            WHERE look.lease_until IS NULL OR look.lease_until < {now}
            """,
            cancellationToken) > 0;
    }

    /// <summary>Gives it back with what came of the asking, in the caller's transaction; false when it was lost meanwhile.</summary>
    public static async Task<bool> SettleAsync(
        RingPortalContext context, Guid deviceId, Guid lease, DateTimeOffset askedAt, MediaRefusal? refusal, CancellationToken cancellationToken)
    {
        // In the order in which a removal takes them.
        var isThere = await context.Database.SqlQuery<int>($"""SELECT 1 AS "Value" FROM devices WHERE id = {deviceId} AND removed_at IS NULL FOR KEY SHARE""").ToListAsync(cancellationToken);
        var word = refusal?.ToString();
        return isThere.Count > 0 && await context.Database.ExecuteSqlAsync(
            $"UPDATE snapshot_looks SET asked_at = {askedAt}, refusal = {word}, lease_id = NULL, lease_until = NULL WHERE device_id = {deviceId} AND lease_id = {lease}",
            cancellationToken) > 0;
    }

    /// <summary>Gives it back as if nobody had asked.</summary>
    public static Task ReleaseAsync(RingPortalContext context, Guid deviceId, Guid lease, CancellationToken cancellationToken) =>
        context.SnapshotLooks.Where(look => look.DeviceId == deviceId && look.LeaseId == lease).ExecuteUpdateAsync(
            set => set.SetProperty(look => look.LeaseId, (Guid?)null).SetProperty(look => look.LeaseUntil, (DateTimeOffset?)null), cancellationToken);
}
