using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.Media;

/// <summary>
/// Cameras of which is known, without asking Ring, that there is no picture now: pages do not ask for one then. Either Ring
/// said so just now, or the camera is shared since just now and nothing happened yet: Ring gives nothing from before that
/// (contract 9.2). Its first event, or some minutes, change that.
/// </summary>
internal static class EmptyStills
{
    /// <summary>Those of a person, or whether one camera is such.</summary>
    /// <param name="context">The unit of work.</param>
    /// <param name="userId">Whose cameras.</param>
    /// <param name="deviceId">One of them; null for all.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public static async Task<IReadOnlySet<Guid>> OfAsync(RingPortalContext context, Guid userId, Guid? deviceId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var recent = now - LookState.Fresh;
        var none = MediaRefusal.None.ToString();
        return await context.Database.SqlQuery<Guid>(
            $"""
            SELECT device.id AS "Value"
            FROM devices device
            JOIN ring_tokens token ON token.id = device.ring_token_id
            LEFT JOIN snapshot_looks look ON look.device_id = device.id
            LEFT JOIN LATERAL (
                SELECT recorded_at FROM device_events WHERE device_id = device.id ORDER BY occurred_at DESC, id DESC LIMIT 1) latest ON true
            WHERE device.user_id = {userId} AND ({deviceId}::uuid IS NULL OR device.id = {deviceId}) AND device.removed_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM snapshots WHERE device_id = device.id AND slot IS NULL)
              AND CASE WHEN look.asked_at > {recent}
                       THEN look.refusal = {none} AND (latest.recorded_at IS NULL OR latest.recorded_at <= look.asked_at)
                       ELSE latest.recorded_at IS NULL AND greatest(device.added_at, coalesce(token.linked_at, token.claimed_at, token.received_at)) > {recent} END
            """).ToHashSetAsync(cancellationToken);
    }
}
