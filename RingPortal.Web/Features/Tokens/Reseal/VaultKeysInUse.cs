using Npgsql;

namespace RingPortal.Web.Features.Tokens.Reseal;

/// <summary>Whether every key that tokens are sealed under is loaded: a portal without one must not take work and find out link by link.</summary>
internal static class VaultKeysInUse
{
    // The id of the key stands after the version (TokenVault); what is too short was not sealed by the vault.
    private const string Sql =
        """
        SELECT DISTINCT encode(substr(sealed_refresh_token, 2, 8), 'hex') FROM ring_tokens
        WHERE sealed_refresh_token IS NOT NULL AND length(sealed_refresh_token) > 37 AND state <> 'UNCLAIMED'
        """;

    /// <summary>Ids of keys in the database that are not among <c>Vault__Keys</c>.</summary>
    public static async Task<IReadOnlyList<string>> FindMissingAsync(NpgsqlDataSource source, TokenVault vault, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var missing = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!vault.Knows(reader.GetString(0)))
            {
                missing.Add(reader.GetString(0));
            }
        }

        return missing;
    }
}
