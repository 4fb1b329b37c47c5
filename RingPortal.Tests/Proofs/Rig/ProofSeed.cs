using NpgsqlTypes;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>
/// Households that are linked already, straight into the database: one user, one active link and its cameras each, as Ring
/// listed them 100 minutes ago. Their tokens open nothing; for calls to Ring there is <see cref="ProofLinking"/>.
/// </summary>
internal static class ProofSeed
{
    private const string LinkSql =
        """
        WITH made AS (
          SELECT gen_random_uuid() AS user_id, gen_random_uuid() AS token_id, account
          FROM unnest(@accounts) AS account),
        people AS (
          INSERT INTO users (id, email, normalized_email, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at)
          SELECT user_id, account || '@example.com', upper(account) || '@EXAMPLE.COM', account || '@example.com', upper(account) || '@EXAMPLE.COM', true, false, false, true, 0, now()
          FROM made)
        INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, claimed_at, linked_at, refreshed_at, access_expires_at, sealed_access_token, sealed_refresh_token, attempts, outcome_unknown, version)
        SELECT token_id, 'ACTIVE', sha256(account::bytea), account, user_id, '192.0.2.0/24', now() - interval '2 hours', now(), now() - interval '1 hour', now() - interval '1 hour', now() - interval '1 hour', now(), now() + interval '30 days', '\x01', '\x01', 0, false, 1
        FROM made
        """;

    private const string DevicesSql =
        """
        INSERT INTO devices (id, ring_token_id, user_id, ring_device_id, name, online, status_at, refreshed_at, added_at)
        SELECT gen_random_uuid(), token.id, token.user_id, camera.device, 'Camera ' || camera.number, true, now() - interval '100 minutes', now() - interval '100 minutes', now() - interval '100 minutes'
        FROM unnest(@accounts, @devices) WITH ORDINALITY AS camera(account, device, number)
        JOIN ring_tokens token ON token.account_id = camera.account AND token.state = 'ACTIVE'
        """;

    public static async Task LinkAsync(ProofCluster cluster, IReadOnlyList<Household> households)
    {
        await using (var link = cluster.Source.CreateCommand(LinkSql))
        {
            link.Parameters.AddWithValue("accounts", NpgsqlDbType.Array | NpgsqlDbType.Text, households.Select(household => household.AccountId).ToArray());
            await link.ExecuteNonQueryAsync();
        }

        var cameras = households.SelectMany(household => household.DeviceIds.Select(device => (household.AccountId, Device: device))).ToList();
        await using var devices = cluster.Source.CreateCommand(DevicesSql);
        devices.Parameters.AddWithValue("accounts", NpgsqlDbType.Array | NpgsqlDbType.Text, cameras.Select(camera => camera.AccountId).ToArray());
        devices.Parameters.AddWithValue("devices", NpgsqlDbType.Array | NpgsqlDbType.Text, cameras.Select(camera => camera.Device).ToArray());
        Assert.Equal(cameras.Count, await devices.ExecuteNonQueryAsync());
    }

    /// <summary>Each camera of these has an album whose next moment is in a minute.</summary>
    public static async Task KeepAlbumsAsync(ProofCluster cluster, IReadOnlyList<Household> households) => Assert.Equal(
        households.Sum(household => household.DeviceIds.Count),
        await cluster.ExecuteAsync(
            $"""
            INSERT INTO snapshot_schedules (id, device_id, user_id, every_hours, at, time_zone, keep_days, next_slot, next_attempt_at, attempts, changed_at)
            SELECT gen_random_uuid(), id, user_id, 4, '08:00', 'Europe/Berlin', 7, now() + interval '1 minute', now() + interval '1 minute', 0, now()
            FROM devices WHERE ring_device_id IN ('{string.Join("','", households.SelectMany(household => household.DeviceIds))}')
            """));
}
