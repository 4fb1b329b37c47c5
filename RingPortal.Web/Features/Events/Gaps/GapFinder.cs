using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;

namespace RingPortal.Web.Features.Events.Gaps;

/// <summary>Lists, camera by camera, times of which Ring's deliveries are lost to us.</summary>
internal sealed class GapFinder(RingPortalContext context, TimeProvider clock)
{
    /// <summary>Ring repeats a delivery for 72.6 minutes, plus its own time limits (contract 5.5); what is shorter comes by itself.</summary>
    public static readonly TimeSpan Bearable = TimeSpan.FromMinutes(73);

    /// <summary>Filling begins within this time, spread so that Ring's rate limit is never near.</summary>
    private static readonly TimeSpan s_spread = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Writes a gap for each camera that was shared at that time, in the caller's transaction; listing the same twice is listing
    /// it once. A camera's gap begins with its connection at the earliest.
    /// </summary>
    /// <returns>How many cameras are concerned.</returns>
    public Task<int> ListAsync(DateTimeOffset from, DateTimeOffset to, string cause, CancellationToken cancellationToken)
    {
        var (now, living) = (clock.GetUtcNow(), RingTokenTransitions.Living.Select(state => state.Name()).ToArray());
        return context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO event_gaps (id, device_id, from_at, to_at, cause, state, found, filled, attempts, next_attempt_at, listed_at)
            SELECT gen_random_uuid(), device.id, greatest({from}, token.received_at), {to}, {cause}, 'Open', 0, 0, 0, {now} + random() * {s_spread}, {now}
            FROM devices AS device JOIN ring_tokens AS token ON token.id = device.ring_token_id
            WHERE device.removed_at IS NULL AND token.state = ANY({living}) AND token.received_at < {to}
            ON CONFLICT (device_id, from_at) DO NOTHING
            """,
            cancellationToken);
    }
}
