using RingPortal.Web.Hosting;

namespace RingPortal.Web.Ring;

/// <summary>
/// The row that spaces the calls of all instances. It uses the database's clock, because instances that disagree
/// about the time would otherwise take the same moments.
/// </summary>
internal sealed class RingBudget(PortalDataSources sources)
{
    private static readonly TimeSpan s_interactiveHorizon = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_backgroundHorizon = TimeSpan.FromMilliseconds(50);

    private const string TakeSql =
        """
        WITH taken AS (
            INSERT INTO rate_leases AS lease (upstream, next_free_at, background_free_at)
            VALUES ('ring', clock_timestamp() + @space, clock_timestamp() + CASE WHEN @background THEN 2 * @space ELSE interval '0' END)
            ON CONFLICT (upstream) DO UPDATE SET
                next_free_at = greatest(lease.next_free_at, clock_timestamp()) + @space,
                background_free_at = CASE WHEN @background THEN greatest(lease.background_free_at, clock_timestamp()) + 2 * @space
                                          ELSE lease.background_free_at END
            WHERE lease.next_free_at <= clock_timestamp() + @horizon
              AND (NOT @background OR lease.background_free_at <= clock_timestamp() + @horizon)
            RETURNING next_free_at - @space AS at)
        SELECT true, at - clock_timestamp() FROM taken
        UNION ALL
        SELECT false, CASE WHEN @background THEN greatest(next_free_at, background_free_at) ELSE next_free_at END - clock_timestamp()
        FROM rate_leases WHERE upstream = 'ring' AND NOT EXISTS (SELECT 1 FROM taken)
        """;

    private const string PauseSql =
        """
        INSERT INTO rate_leases AS lease (upstream, next_free_at, background_free_at)
        VALUES ('ring', clock_timestamp() + @pause, clock_timestamp())
        ON CONFLICT (upstream) DO UPDATE SET next_free_at = greatest(lease.next_free_at, clock_timestamp() + @pause)
        """;

    /// <summary>How far ahead moments are handed out: to people half a second, to jobs so little that they go only when nobody queues.</summary>
    public static TimeSpan Horizon(RingPriority priority) =>
        priority is RingPriority.Background ? s_backgroundHorizon : s_interactiveHorizon;

    /// <summary>Takes the next moment, unless it lies beyond the horizon.</summary>
    /// <returns>Whether one was taken, and how far away it, or else the next one, is.</returns>
    public async Task<(bool Taken, TimeSpan Away)> TakeAsync(RingPriority priority, int perSecond, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(TakeSql);
        command.Parameters.AddWithValue("space", TimeSpan.FromSeconds(1.0 / perSecond));
        command.Parameters.AddWithValue("background", priority is RingPriority.Background);
        command.Parameters.AddWithValue("horizon", Horizon(priority));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        // No row: another instance made the row between our snapshot and our insert; ask again at once.
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetBoolean(0), reader.GetTimeSpan(1))
            : (false, TimeSpan.Zero);
    }

    /// <summary>Nobody takes a moment before the pause is over.</summary>
    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(PauseSql);
        command.Parameters.AddWithValue("pause", pause);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
