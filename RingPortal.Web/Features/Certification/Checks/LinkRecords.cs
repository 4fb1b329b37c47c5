using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>What the newest installations tell about linking, without saying whose they are. Reads a bounded number of them.</summary>
internal sealed class LinkRecords(PortalDataSources sources, TimeProvider clock)
{
    internal const string RecentSql =
        """
        WITH recent AS (SELECT state, linked_at, masked_account, scope, refresh_failing_since, state_changed_at, access_expires_at,
                               octet_length(sealed_access_token) AS access, octet_length(sealed_refresh_token) AS refresh
                        FROM ring_tokens ORDER BY id DESC LIMIT 2000)
        SELECT count(*) FILTER (WHERE linked_at IS NOT NULL),
               max(linked_at),
               count(*) FILTER (WHERE linked_at IS NOT NULL AND masked_account IS NOT NULL AND masked_account NOT LIKE '%*%'),
               count(*) FILTER (WHERE state IN ('CLAIMING', 'UNCERTAIN', 'CONFIRMED') AND state_changed_at < @stuck),
               count(*) FILTER (WHERE state = 'ACTIVE'),
               count(*) FILTER (WHERE state = 'REAUTH_REQUIRED' OR refresh_failing_since IS NOT NULL),
               count(*) FILTER (WHERE state = 'ACTIVE' AND (access < 28 OR refresh < 28)),
               coalesce(array_agg(DISTINCT scope) FILTER (WHERE scope IS NOT NULL AND state = 'ACTIVE'), ARRAY[]::text[])
        FROM recent
        """;

    private static readonly TimeSpan s_stuck = TimeSpan.FromMinutes(15);

    /// <summary>Counts over the 2,000 newest installations.</summary>
    public async Task<LinkRecord> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand(RecentSql);
        command.Parameters.AddWithValue("stuck", clock.GetUtcNow() - s_stuck);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new LinkRecord(
            reader.GetInt64(0),
            await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(1),
            reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6),
            reader.GetFieldValue<string[]>(7));
    }
}

/// <summary>What the newest installations tell.</summary>
/// <param name="Linked">How many became a connection.</param>
/// <param name="LastLinkedAt">When the last of them did (UTC).</param>
/// <param name="Unmasked">How many of them are shown by something that is not masked.</param>
/// <param name="Stuck">How many wait for more than a quarter of an hour between POST and PATCH.</param>
/// <param name="Active">How many are active now.</param>
/// <param name="Failing">How many cannot be renewed or must connect again.</param>
/// <param name="Unsealed">How many hold something too short to be sealed.</param>
/// <param name="Scopes">The scopes that Ring granted to active ones.</param>
internal sealed record LinkRecord(long Linked, DateTimeOffset? LastLinkedAt, long Unmasked, long Stuck, long Active, long Failing, long Unsealed, IReadOnlyList<string> Scopes);
