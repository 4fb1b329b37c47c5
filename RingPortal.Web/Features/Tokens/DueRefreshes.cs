using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Tokens;

/// <summary>Finds links whose tokens are to be renewed, and those for which that has not worked for long.</summary>
internal sealed class DueRefreshes(PortalDataSources sources, TimeProvider clock)
{
    // REAUTH_REQUIRED too: a refusal that was Ring's mistake heals by itself. Its rest is in lease_until.
    private const string DueSql =
        """
        SELECT id, refreshed_at, version FROM ring_tokens
        WHERE state IN ('CONFIRMED', 'ACTIVE', 'REAUTH_REQUIRED') AND sealed_refresh_token IS NOT NULL
          AND refreshed_at <= @soonest AND (lease_until IS NULL OR lease_until < @now)
        ORDER BY refreshed_at LIMIT @count
        """;

    private const string StaleSql =
        """
        SELECT count(*) FROM ring_tokens
        WHERE state IN ('CONFIRMED', 'ACTIVE') AND refreshed_at < @before
        """;

    /// <summary>Links that are due, those that wait longest first, with the version that is due.</summary>
    public async Task<IReadOnlyList<(Guid Id, int Version)>> FindAsync(int atMost, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var command = sources.Jobs.CreateCommand(DueSql);
        command.Parameters.AddWithValue("now", now);
        command.Parameters.AddWithValue("soonest", now - RefreshSchedule.Shortest);
        command.Parameters.AddWithValue("count", atMost * 10);
        var due = new List<(Guid, int)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (due.Count < atMost && await reader.ReadAsync(cancellationToken))
        {
            if (RefreshSchedule.DueAt(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1)) <= now)
            {
                due.Add((reader.GetGuid(0), reader.GetInt32(2)));
            }
        }

        return due;
    }

    /// <summary>How many links have not been renewed for this long.</summary>
    public async Task<long> CountStaleAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand(StaleSql);
        command.Parameters.AddWithValue("before", clock.GetUtcNow() - age);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
