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

    /// <summary>The tokens as they are now; null when the row is gone.</summary>
    public async Task<HeldTokens?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(TokenRowsSql.Read);
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

    /// <summary>Whose link it is; null while nobody claimed it.</summary>
    public async Task<Guid?> OwnerAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(TokenRowsSql.Owner);
        command.Parameters.AddWithValue("id", id);
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    /// <summary>Whether this caller alone may now refresh these tokens. False also while a failed attempt is to rest.</summary>
    public Task<bool> TakeAsync(HeldTokens seen, Guid lease, CancellationToken cancellationToken) =>
        ChangeAsync(TokenRowsSql.Take, seen, lease, Lease, cancellationToken);

    /// <summary>Ring refused for good: the link needs its owner. Changes nothing once somebody stored a newer pair.</summary>
    public Task<bool> RefuseAsync(HeldTokens seen, Guid lease, TimeSpan rest, CancellationToken cancellationToken) =>
        ChangeAsync(TokenRowsSql.Refuse, seen, lease, rest, cancellationToken);

    /// <summary>Ring could not be asked: nobody tries again before the rest is over.</summary>
    public Task<bool> PostponeAsync(HeldTokens seen, Guid lease, TimeSpan rest, CancellationToken cancellationToken) =>
        ChangeAsync(TokenRowsSql.Postpone, seen, lease, rest, cancellationToken);

    /// <summary>Stores a new pair.</summary>
    /// <returns>Whether refreshing had been failing before; null when the pair came too late and was not stored.</returns>
    public async Task<bool?> KeepAsync(HeldTokens seen, NewTokens tokens, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(TokenRowsSql.Keep);
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
