using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Tokens.Intake;

/// <summary>
/// Picks installations whose code waits to be redeemed or whose account waits to be looked up: newest first, one
/// network after the other, so that a flood of invented codes cannot keep a real one waiting.
/// </summary>
internal sealed class DueExchanges(PortalDataSources sources, TimeProvider clock)
{
    /// <summary>Longer than the HTTP limit (10 s), so that no two instances send the same code at once.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private const int Cap = 20_000;

    internal const string TakeSql =
        """
        WITH due AS (
          SELECT id, row_number() OVER (PARTITION BY source_network ORDER BY received_at DESC) AS turn, received_at
          FROM ring_tokens
          WHERE state IN ('RECEIVED', 'EXCHANGED') AND next_attempt_at <= @now AND (lease_until IS NULL OR lease_until < @now)
        ), pick AS (
          SELECT token.id FROM ring_tokens token JOIN due USING (id)
          ORDER BY due.turn, due.received_at DESC
          LIMIT @count FOR UPDATE OF token SKIP LOCKED
        )
        UPDATE ring_tokens token SET lease_id = @lease, lease_until = @until
        FROM pick
        WHERE token.id = pick.id AND (token.lease_until IS NULL OR token.lease_until < @now)
        RETURNING token.id
        """;

    private const string TrimSql =
        """
        WITH over AS (SELECT greatest(count(*) - @cap, 0) AS rows FROM ring_tokens WHERE state = 'RECEIVED'),
             busiest AS (SELECT source_network FROM ring_tokens WHERE state = 'RECEIVED' GROUP BY source_network ORDER BY count(*) DESC LIMIT 1)
        DELETE FROM ring_tokens WHERE id IN (
          SELECT id FROM ring_tokens WHERE state = 'RECEIVED' AND source_network = (SELECT source_network FROM busiest)
          ORDER BY received_at LIMIT (SELECT rows FROM over))
        """;

    /// <summary>Takes at most <paramref name="count"/> rows under a lease of this caller.</summary>
    public async Task<(Guid Lease, IReadOnlyList<Guid> Rows)> TakeAsync(int count, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lease = Guid.NewGuid();
        await using var command = sources.Jobs.CreateCommand(TakeSql);
        command.Parameters.AddWithValue("now", now);
        command.Parameters.AddWithValue("until", now + Lease);
        command.Parameters.AddWithValue("lease", lease);
        command.Parameters.AddWithValue("count", count);
        return (lease, await command.ReadColumnAsync<Guid>(cancellationToken));
    }

    /// <summary>Deletes the oldest unexchanged rows of the busiest network beyond 20,000; returns how many.</summary>
    public async Task<int> TrimAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand(TrimSql);
        command.Parameters.AddWithValue("cap", Cap);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
