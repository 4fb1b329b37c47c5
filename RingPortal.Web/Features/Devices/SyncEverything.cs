using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.Devices;

/// <summary>Asks for cameras and plans of every link to be read again, spread over a while so that Ring's rate limit is never near.</summary>
internal sealed class SyncEverything(RingPortalContext context, TimeProvider clock)
{
    /// <summary>Writes the requests; sweeps wake the jobs.</summary>
    public Task AskAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sync_requests (id, ring_token_id, kind, ring_device_id, requested_at, version, attempts, next_attempt_at)
            SELECT gen_random_uuid(), token.id, kind.name, '', {now}, 0, 0, {now} + random() * {within}
            FROM ring_tokens AS token CROSS JOIN (VALUES ('Devices'), ('Subscriptions')) AS kind(name)
            WHERE token.state IN ('CONFIRMED', 'ACTIVE')
            ON CONFLICT (ring_token_id, kind, ring_device_id) DO NOTHING
            """,
            cancellationToken);
    }
}
