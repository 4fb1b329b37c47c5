using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NpgsqlTypes;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Tests.Proofs.Operations;

/// <summary>T7: a new key of the vault takes over everything that older ones sealed, beside portals at work; a portal without a key that is needed takes no work.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "T7")]
public sealed class T7Proof
{
    private const int Rows = 100_000;
    private static string Old(string keyId) => $"SELECT count(*) FROM ring_tokens WHERE account_id LIKE 'T7-%' AND encode(substr(sealed_refresh_token, 2, 8), 'hex') <> '{keyId}'";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Everything_Is_Sealed_Anew_Beside_Readers_And_A_Missing_Key_Is_Told()
    {
        await using var world = await ProofWorld.StartAsync("T7", new ProofShape { Portals = 1, Seeded = false });
        var (older, newer) = (world.Settings["Vault__Keys__0"], Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await using (var person = world.Cluster.Source.CreateCommand(
            """
            INSERT INTO users (id, email, normalized_email, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at)
            VALUES ('00000000-0000-7000-8000-000000000007', 't7@example.org', 'T7@EXAMPLE.ORG', 't7@example.org', 'T7@EXAMPLE.ORG', true, false, false, true, 0, now())
            """))
        {
            await person.ExecuteNonQueryAsync();
        }

        var ids = await SealAsync(world, Vault(older));
        (world.Settings["Vault__Keys__0"], world.Settings["Vault__Keys__1"]) = (newer, older);
        (world.Portals[0].Changes["Vault__Keys__0"], world.Portals[0].Changes["Vault__Keys__1"]) = (newer, older);
        await world.Portals[0].KillAsync();
        await world.Portals[0].StartReadyAsync();

        using var done = new CancellationTokenSource();
        var reading = ReadAsync(world, ids, Vault(newer, older), done.Token);
        var started = Stopwatch.GetTimestamp();
        await ResealAsync(world);
        var elapsed = Stopwatch.GetElapsedTime(started);
        await done.CancelAsync();
        var reads = await reading;

        Assert.True(elapsed <= s_limit && Rows / elapsed.TotalSeconds >= 1000, $"{Rows} rows took {elapsed}");
        Assert.Equal(0, await world.Cluster.ScalarAsync<long>(Old(Vault(newer).KeyId)));
        Assert.Equal(Rows, await OpenAllAsync(world, Vault(newer)));
        await MissingAsync(world);
        ProofFiles.Figure("T7", $"{Rows} rows sealed anew in {elapsed.TotalSeconds:0} s ({Rows / elapsed.TotalSeconds:0} a second) beside a portal and {reads} reads that all opened; 0 rows under the old key; without a key that is needed: not ready, says \"vault\"");
    }

    private static async Task<Guid[]> SealAsync(ProofWorld world, TokenVault vault)
    {
        var ids = Enumerable.Range(0, Rows).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var part in ids.Chunk(5000))
        {
            await using var command = world.Cluster.Source.CreateCommand(
                """
                INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, refreshed_at, relink_notice_at, sealed_refresh_token, attempts, outcome_unknown, version)
                SELECT row.id, 'REAUTH_REQUIRED', sha256(row.id::text::bytea), 'T7-' || row.id, '00000000-0000-7000-8000-000000000007', '192.0.2.0/24', now(), now(), now(), now(), now(), row.token, 0, false, 1
                FROM unnest(@ids, @tokens) AS row(id, token)
                """);
            command.Parameters.AddWithValue("ids", part);
            command.Parameters.AddWithValue("tokens", NpgsqlDbType.Array | NpgsqlDbType.Bytea, part.Select(id => vault.Seal(id, VaultColumns.RefreshToken, Token(id))).ToArray());
            Assert.Equal(part.Length, await command.ExecuteNonQueryAsync());
        }

        return ids;
    }

    /// <summary>Reads rows at random, as portals do, until told to stop.</summary>
    private static async Task<int> ReadAsync(ProofWorld world, Guid[] ids, TokenVault vault, CancellationToken until)
    {
        var reads = 0;
        while (!until.IsCancellationRequested)
        {
            var id = ids[Random.Shared.Next(ids.Length)];
            await using var command = world.Cluster.Source.CreateCommand("SELECT sealed_refresh_token FROM ring_tokens WHERE id = @id");
            command.Parameters.AddWithValue("id", id);
            Assert.Equal(Token(id), vault.Open(id, VaultColumns.RefreshToken, (byte[])(await command.ExecuteScalarAsync(CancellationToken.None))!));
            reads++;
        }

        return reads;
    }

    private static async Task ResealAsync(ProofWorld world)
    {
        var log = world.Files.Log("reseal");
        await using var command = ProofProcess.Start(new ProofCommand("dotnet", [ProofPrograms.Portal.Program, "reseal"], log) { Folder = ProofPrograms.Portal.Folder, Environment = world.Settings });
        Assert.True(await command.ExitAsync(TimeSpan.FromMinutes(10)) == 0, await File.ReadAllTextAsync(log));
    }

    private static async Task<int> OpenAllAsync(ProofWorld world, TokenVault vault)
    {
        var opened = 0;
        await using var command = world.Cluster.Source.CreateCommand("SELECT id, sealed_refresh_token FROM ring_tokens WHERE account_id LIKE 'T7-%'");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            Assert.Equal(Token(reader.GetGuid(0)), vault.Open(reader.GetGuid(0), VaultColumns.RefreshToken, reader.GetFieldValue<byte[]>(1)));
            opened++;
        }

        return opened;
    }

    private static async Task MissingAsync(ProofWorld world)
    {
        var portal = world.Portals[0];
        await portal.KillAsync();
        (portal.Changes["Vault__Keys__0"], portal.Changes["Vault__Keys__1"]) = (Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        portal.Start();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await Eventually.TrueAsync(
            async () => await portal.AnswersAsync("health/live") && await (await client.GetAsync(new Uri(portal.Address, "health/ready"))).Content.ReadAsStringAsync() == """{"status":"vault"}""",
            TimeSpan.FromSeconds(60), "the portal says that a key is missing");
        Assert.Contains("not among Vault__Keys", await File.ReadAllTextAsync(portal.LogFile), StringComparison.Ordinal);
    }

    private static string Token(Guid id) => $"refresh token of {id}";

    private static TokenVault Vault(params string[] keys)
    {
        var options = new VaultOptions();
        Array.ForEach(keys, options.Keys.Add);
        return new TokenVault(Options.Create(options));
    }
}
