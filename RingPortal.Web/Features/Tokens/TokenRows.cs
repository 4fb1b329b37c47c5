using NpgsqlTypes;
using RingPortal.Data.Tokens;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Tokens;

/// <summary>
/// The guarded statements of token custody (reliability 2.2). Each is one statement that names the version it was
/// decided on, so that whoever comes too late changes nothing. No lock is ever held while Ring is asked.
/// </summary>
internal sealed class TokenRows(PortalDataSources sources, TimeProvider clock)
{
    /// <summary>Longer than the two requests that one refresh may take, with their time in the queue.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(40);

    private const string ReadSql =
        """
        SELECT state, version, sealed_access_token, sealed_refresh_token, access_expires_at, lease_id
        FROM ring_tokens WHERE id = @id
        """;

    private const string TakeSql =
        """
        UPDATE ring_tokens SET lease_id = @lease, lease_until = @until
        WHERE id = @id AND version = @version AND sealed_refresh_token IS NOT NULL AND (lease_until IS NULL OR lease_until < @now)
        """;

    // Without a look at the lease: a good pair that comes late is still the newest one, as long as nobody stored another.
    private const string KeepSql =
        """
        WITH before AS (SELECT id, state, refresh_failing_since IS NOT NULL AS failing FROM ring_tokens WHERE id = @id FOR UPDATE)
        UPDATE ring_tokens AS token SET
            sealed_access_token = @access, sealed_refresh_token = coalesce(@refresh, token.sealed_refresh_token),
            access_expires_at = @expires, refreshed_at = @now, refresh_failing_since = NULL, scope = coalesce(@scope, token.scope),
            state = CASE WHEN token.state = 'REAUTH_REQUIRED' THEN 'ACTIVE' ELSE token.state END,
            state_changed_at = CASE WHEN token.state = 'REAUTH_REQUIRED' THEN @now ELSE token.state_changed_at END,
            version = token.version + 1, lease_id = NULL, lease_until = NULL
        FROM before
        WHERE token.id = before.id AND token.version = @version AND token.sealed_refresh_token IS NOT NULL
        RETURNING before.failing
        """;

    private const string RefuseSql =
        """
        UPDATE ring_tokens SET
            state = CASE WHEN state IN ('CONFIRMED', 'ACTIVE') THEN 'REAUTH_REQUIRED' ELSE state END,
            state_changed_at = CASE WHEN state IN ('CONFIRMED', 'ACTIVE') THEN @now ELSE state_changed_at END,
            refresh_failing_since = coalesce(refresh_failing_since, @now), lease_id = NULL, lease_until = @until
        WHERE id = @id AND version = @version AND lease_id = @lease
        """;

    private const string PostponeSql =
        """
        UPDATE ring_tokens SET refresh_failing_since = coalesce(refresh_failing_since, @now), lease_id = NULL, lease_until = @until
        WHERE id = @id AND version = @version AND lease_id = @lease
        """;

    /// <summary>The tokens as they are now; null when the row is gone.</summary>
    public async Task<HeldTokens?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(ReadSql);
        command.Parameters.AddWithValue("id", id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(
                id,
                RingTokenStateNames.Parse(reader.GetString(0)),
                reader.GetInt32(1),
                reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3),
                reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4),
                reader.IsDBNull(5) ? null : reader.GetGuid(5))
            : null;
    }

    /// <summary>Whether this caller alone may now refresh these tokens. False also while a failed attempt is to rest.</summary>
    public Task<bool> TakeAsync(HeldTokens seen, Guid lease, CancellationToken cancellationToken) =>
        ChangeAsync(TakeSql, seen, lease, Lease, cancellationToken);

    /// <summary>Ring refused for good: the link needs its owner. Changes nothing once somebody stored a newer pair.</summary>
    public Task<bool> RefuseAsync(HeldTokens seen, Guid lease, TimeSpan rest, CancellationToken cancellationToken) =>
        ChangeAsync(RefuseSql, seen, lease, rest, cancellationToken);

    /// <summary>Ring could not be asked: nobody tries again before the rest is over.</summary>
    public Task<bool> PostponeAsync(HeldTokens seen, Guid lease, TimeSpan rest, CancellationToken cancellationToken) =>
        ChangeAsync(PostponeSql, seen, lease, rest, cancellationToken);

    /// <summary>Stores a new pair.</summary>
    /// <returns>Whether refreshing had been failing before; null when the pair came too late and was not stored.</returns>
    public async Task<bool?> KeepAsync(HeldTokens seen, NewTokens tokens, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(KeepSql);
        var parameters = command.Parameters;
        parameters.AddWithValue("id", seen.Id);
        parameters.AddWithValue("version", seen.Version);
        parameters.AddWithValue("now", clock.GetUtcNow());
        parameters.AddWithValue("access", tokens.SealedAccessToken);
        parameters.AddWithValue("refresh", NpgsqlDbType.Bytea, (object?)tokens.SealedRefreshToken ?? DBNull.Value);
        parameters.AddWithValue("expires", tokens.AccessExpiresAt);
        parameters.AddWithValue("scope", NpgsqlDbType.Text, (object?)tokens.Scope ?? DBNull.Value);
        return (bool?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task<bool> ChangeAsync(string sql, HeldTokens seen, Guid lease, TimeSpan until, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var command = sources.Web.CreateCommand(sql);
        var parameters = command.Parameters;
        parameters.AddWithValue("id", seen.Id);
        parameters.AddWithValue("version", seen.Version);
        parameters.AddWithValue("lease", lease);
        parameters.AddWithValue("now", now);
        parameters.AddWithValue("until", now + until);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
