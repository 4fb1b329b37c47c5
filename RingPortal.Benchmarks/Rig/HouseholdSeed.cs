using Microsoft.AspNetCore.Identity;
using Npgsql;
using NpgsqlTypes;
using RingPortal.Data.Account;

namespace RingPortal.Benchmarks.Rig;

/// <summary>Puts households into the database as linking leaves them. Their tokens open nothing: nothing here calls Ring.</summary>
internal sealed class HouseholdSeed(NpgsqlDataSource source)
{
    /// <summary>Of everybody who signs in.</summary>
    public const string Password = "benchmark of an open page";

    private const string PeopleSql =
        """
        INSERT INTO users (id, email, normalized_email, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at, time_zone, security_stamp, concurrency_stamp)
        SELECT id, email, upper(email), email, upper(email), true, false, false, true, 0, now(), 'Europe/Berlin', id::text, id::text FROM unnest(@users, @emails) AS person(id, email)
        """;

    private const string LinksSql =
        """
        INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, claimed_at, linked_at, refreshed_at, access_expires_at, sealed_access_token, sealed_refresh_token, attempts, outcome_unknown, version, devices_synced_at)
        SELECT id, 'ACTIVE', sha256(account::bytea), account, person, '192.0.2.0/24', now() - interval '90 days', now(), now() - interval '90 days', now() - interval '90 days', now() - interval '90 days', now(), now() + interval '30 days', '\x01', '\x01', 0, false, 1, now() + interval '1 day'
        FROM unnest(@links, @accounts, @users) AS link(id, account, person)
        """;

    private const string CamerasSql =
        """
        INSERT INTO devices (id, ring_token_id, user_id, ring_device_id, name, online, status_at, refreshed_at, added_at)
        SELECT id, link, person, ring_id, 'Camera ' || right(ring_id, 2), true, now(), now(), now() - interval '90 days'
        FROM unnest(@cameras, @links, @users, @ringIds) AS camera(id, link, person, ring_id)
        """;

    public async Task LinkAsync(IReadOnlyList<Household> households)
    {
        await RunAsync(PeopleSql, ("users", Ids(households.Select(home => home.UserId))), ("emails", Texts(households.Select(home => home.Email))));
        await RunAsync(
            LinksSql,
            ("links", Ids(households.Select(home => home.LinkId))),
            ("accounts", Texts(households.Select(home => home.AccountId))),
            ("users", Ids(households.Select(home => home.UserId))));
        var cameras = households.SelectMany(home => home.Cameras.Select(camera => (Home: home, Camera: camera))).ToList();
        await RunAsync(
            CamerasSql,
            ("cameras", Ids(cameras.Select(pair => pair.Camera.Id))),
            ("links", Ids(cameras.Select(pair => pair.Home.LinkId))),
            ("users", Ids(cameras.Select(pair => pair.Home.UserId))),
            ("ringIds", Texts(cameras.Select(pair => pair.Camera.RingId))));
    }

    /// <summary>Gives a person the <see cref="Password"/>.</summary>
    public Task LetInAsync(Household household) => RunAsync(
        "UPDATE users SET password_hash = @hash WHERE id = @user",
        ("hash", new NpgsqlParameter<string> { TypedValue = new PasswordHasher<PortalUser>().HashPassword(new PortalUser(), Password) }),
        ("user", new NpgsqlParameter<Guid> { TypedValue = household.UserId }));

    /// <summary>
    /// A past for these households, in the order of time, each in turn, so that the rows of one lie scattered over the table
    /// as they do in a production.
    /// </summary>
    /// <param name="households">Whose.</param>
    /// <param name="each">Events of each.</param>
    /// <param name="from">When the first one happened (UTC).</param>
    /// <param name="to">When the last one happened (UTC).</param>
    public async Task RememberAsync(IReadOnlyList<Household> households, int each, DateTimeOffset from, DateTimeOffset to)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using (var trust = new NpgsqlCommand("SET session_replication_role = replica", connection))
        {
            // Foreign keys are not asked one by one: what is copied is known to exist.
            await trust.ExecuteNonQueryAsync();
        }

        await using var copy = await connection.BeginBinaryImportAsync("COPY device_events (id, device_id, user_id, kind, sub_type, occurred_at, recorded_at, source_key) FROM STDIN (FORMAT binary)");
        var total = households.Count * each;
        for (var number = 0; number < total; number++)
        {
            var home = households[number % households.Count];
            var camera = home.Cameras[number / households.Count % home.Cameras.Count];
            var at = from + ((to - from) * ((double)number / total));
            await copy.StartRowAsync();
            await copy.WriteAsync(Guid.CreateVersion7(at), NpgsqlDbType.Uuid);
            await copy.WriteAsync(camera.Id, NpgsqlDbType.Uuid);
            await copy.WriteAsync(home.UserId, NpgsqlDbType.Uuid);
            await copy.WriteAsync("Motion", NpgsqlDbType.Text);
            await copy.WriteAsync("human", NpgsqlDbType.Text);
            await copy.WriteAsync(at.UtcDateTime, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(at.UtcDateTime, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()), NpgsqlDbType.Text);
        }

        await copy.CompleteAsync();
    }

    private static NpgsqlParameter<Guid[]> Ids(IEnumerable<Guid> ids) => new() { TypedValue = [.. ids] };

    private static NpgsqlParameter<string[]> Texts(IEnumerable<string> texts) => new() { TypedValue = [.. texts] };

    private async Task RunAsync(string sql, params (string Name, NpgsqlParameter Value)[] parameters)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var (name, value) in parameters)
        {
            value.ParameterName = name;
            command.Parameters.Add(value);
        }

        await command.ExecuteNonQueryAsync();
    }
}
