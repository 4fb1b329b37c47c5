using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Tokens.Pool;

/// <summary>What a cleanup came to.</summary>
/// <param name="Expired">Tokens that nobody claimed in time.</param>
/// <param name="Lost">Codes that were never redeemed.</param>
public sealed record PoolCleaned(int Expired, int Lost);

/// <summary>
/// Keeps the pool small (contract 4.4): what nobody claimed in time loses its tokens, but not while somebody who
/// has just arrived at the link page may still claim it, and never later than 30 minutes.
/// </summary>
public sealed partial class CleanUpPoolJob(
    PortalDataSources sources, TimeProvider clock, IOptions<PoolOptions> options, Alarms alarms, ILogger<CleanUpPoolJob> logger)
{
    private const string Erase = "sealed_code = NULL, sealed_code_verifier = NULL, sealed_access_token = NULL, sealed_refresh_token = NULL, sealed_nonce = NULL, access_expires_at = NULL, next_attempt_at = NULL, lease_id = NULL, lease_until = NULL, outcome_unknown = false, version = version + 1, state_changed_at = @now";

    private const string ExpireSql =
        $"""
        WITH ended AS (
            UPDATE ring_tokens SET state = 'EXPIRED', {Erase}
            WHERE state IN ('EXCHANGED', 'UNCLAIMED') AND retain_from <= @old
              AND (retain_from <= @cap OR NOT EXISTS (
                SELECT 1 FROM arrivals WHERE route = 'link' AND verdict = 'accepted' AND at > @open AND at >= ring_tokens.received_at))
            RETURNING id)
        INSERT INTO audit_records (at, action, actor, target) SELECT @now, 'token.expired', 'Portal', 'link:' || id FROM ended
        """;

    // Codes whose outcome is unknown are left to the exchanger, which ends them with an alarm.
    private const string LostSql =
        $"""
        UPDATE ring_tokens SET state = 'EXPIRED', {Erase}
        WHERE state = 'RECEIVED' AND NOT outcome_unknown AND received_at <= @dead AND (lease_until IS NULL OR lease_until < @now)
        """;

    /// <summary>Runs each minute; safe to run anywhere at any time, also twice at once.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => CleanAsync(cancellationToken);

    /// <summary>The same, for who wants to know what it came to.</summary>
    public async Task<PoolCleaned> CleanAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var expired = await ExecuteAsync(
            ExpireSql, now,
            [("old", now.AddMinutes(-options.Value.RetentionMinutes)), ("cap", now - PoolOptions.HardCap), ("open", now.AddSeconds(-600))],
            cancellationToken);
        var lost = await ExecuteAsync(LostSql, now, [("dead", now.AddSeconds(-60))], cancellationToken);
        if (expired + lost > 0)
        {
            Log.Cleaned(logger, expired, lost);
        }

        await WatchAsync(now, cancellationToken);
        return new PoolCleaned(expired, lost);
    }

    private async Task WatchAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand("SELECT count(*), min(retain_from) FROM ring_tokens WHERE state = 'UNCLAIMED'");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var size = reader.GetInt64(0);
        var age = await reader.IsDBNullAsync(1, cancellationToken) ? TimeSpan.Zero : now - reader.GetFieldValue<DateTimeOffset>(1);
        await SetAsync("pool.size", size >= options.Value.AlarmSize, $"{size} unclaimed tokens, limit {options.Value.AlarmSize}. People start connecting and do not finish: check the link page and arrivals.", cancellationToken);
        await SetAsync("pool.age", age.TotalMinutes >= options.Value.AlarmAgeMinutes, $"The oldest unclaimed token is {age.TotalMinutes:0} minutes old. Cleanup is behind: see the last runs of CleanUpPoolJob.", cancellationToken);
    }

    private Task SetAsync(string key, bool raised, string text, CancellationToken cancellationToken) =>
        raised ? alarms.RaiseAsync(key, text, cancellationToken) : alarms.ResolveAsync(key, cancellationToken);

    private async Task<int> ExecuteAsync(string sql, DateTimeOffset now, (string Name, DateTimeOffset Value)[] times, CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand(sql);
        if (sql.Contains("@now", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue("now", now);
        }

        foreach (var (name, value) in times)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Pool cleaned: {Expired} ran out, {Lost} codes were never redeemed")]
        public static partial void Cleaned(ILogger logger, int expired, int lost);
    }
}
