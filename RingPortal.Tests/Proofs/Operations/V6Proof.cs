using System.Diagnostics;
using Microsoft.Extensions.Options;
using NpgsqlTypes;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Tests.Proofs.Operations;

/// <summary>
/// V6: the cluster is lost while deliveries arrive and is restored by eng/restore: everything that was acknowledged until the
/// last moment, then once more as it was before some refresh tokens were replaced.
/// </summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "V6")]
public sealed class V6Proof
{
    private const int Linked = 8;
    private const int Renewed = 4;
    private const int Sealed = 2000;
    private static readonly TimeSpan s_rpo = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_rto = TimeSpan.FromMinutes(10);

    private static readonly string[] s_tables = ["users", "ring_tokens", "devices", "webhook_inbox", "device_events", "audit_records", "audit_seals", "outbox_emails", "\"__EFMigrationsHistory\""];

    [Fact]
    public async Task A_Lost_Database_Comes_Back_With_Every_Token_And_Spent_Ones_Are_Found()
    {
        await using var world = await ProofWorld.StartAsync("V6", new ProofShape { Ring = true, Seeded = false, Households = (Linked, 2) });
        await using var desk = await BackupDesk.OpenAsync(world);
        foreach (var household in world.Mill.Households)
        {
            await ProofLinking.LinkAsync(world, household);
        }

        await SealAsync(world, Sealed);
        await desk.TakeLogAsync();
        await desk.TakeBaseAsync();
        await desk.CheckAsync();
        var ledger = new Ledger();
        await SendAsync(world, ledger, 200);
        var moment = await world.Cluster.ScalarAsync<string>("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US+00')");
        await RenewAsync(world);
        var later = await SendAsync(world, ledger, 200);
        await QuietAsync(world);
        var before = await CountAsync(world);

        var (lost, back) = await LoseAsync(world, desk, ledger);
        await CheckAsync(world, before, Linked);

        var suspects = await GoBackAsync(world, desk, moment);
        await EffectsAsync(world, later);
        ProofFiles.Figure("V6", $"cluster killed under 50 deliveries a second: {lost} of {ledger.Acknowledged.Count} acknowledged lost, serving again after {back.TotalSeconds:0} s; schema and counts of {s_tables.Length} tables equal, {Sealed + (2 * Linked)} sealed tokens open, audit trail whole; back to a moment before {Renewed} of {Linked} links were refreshed: {suspects}; all deliveries sent again: each effect once");
    }

    /// <summary>Kills everything in the middle of deliveries and restores what was taken.</summary>
    private static async Task<(int Lost, TimeSpan Back)> LoseAsync(ProofWorld world, BackupDesk desk, Ledger ledger)
    {
        await using var ring = new RingSender(world.Addresses, ledger);
        using var stop = new CancellationTokenSource();
        var sending = ring.SteadyAsync(50, world.Mill.Next, stop.Token);
        await Moments.PassAsync(TimeSpan.FromSeconds(5));
        await world.Cluster.KillAsync();
        var started = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        await sending;
        foreach (var portal in world.Portals)
        {
            await portal.KillAsync();
        }

        await desk.RestoreAsync(moment: null);
        await world.MigrateAsync(ProofPrograms.Portal);
        await Task.WhenAll(world.Portals.Select(portal => portal.StartReadyAsync()));
        await Eventually.TrueAsync(async () => (await ring.PostAsync(world.Mill.Next(), 0)).IsAcknowledged, TimeSpan.FromMinutes(1), "a delivery is acknowledged");
        var back = Stopwatch.GetElapsedTime(started);
        Assert.True(back <= s_rto, $"Serving again after {back}");
        return (await LostAsync(world, ledger), back);
    }

    /// <summary>What was acknowledged and is gone was acknowledged within the last minutes before the end.</summary>
    private static async Task<int> LostAsync(ProofWorld world, Ledger ledger)
    {
        var kept = new HashSet<string>();
        await using var command = world.Cluster.Source.CreateCommand("SELECT request_id FROM webhook_inbox");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            kept.Add(reader.GetString(0));
        }

        var acknowledged = ledger.Attempts.Where(attempt => attempt.IsAcknowledged).ToList();
        var lost = acknowledged.Where(attempt => !kept.Contains(attempt.RequestId)).ToList();
        var window = lost.Count == 0 ? TimeSpan.Zero : acknowledged.Max(attempt => attempt.At) - lost.Min(attempt => attempt.At);
        Assert.True(window <= s_rpo, $"{lost.Count} lost, the first {window} before the end");
        return lost.Count;
    }

    private static async Task CheckAsync(ProofWorld world, Dictionary<string, long> before, int links)
    {
        var after = await CountAsync(world);
        // Deliveries went on after the count, so there may be more; nothing may be less.
        Assert.All(before, table => Assert.True(after[table.Key] >= table.Value, $"{table.Key} had {table.Value} rows and has {after[table.Key]}"));
        Assert.Equal(before["\"__EFMigrationsHistory\""], after["\"__EFMigrationsHistory\""]);
        Assert.Equal(before["users"], after["users"]);
        Assert.Equal(before["ring_tokens"], after["ring_tokens"]);
        Assert.Equal((2 * links) + Sealed, await OpenAllAsync(world));
        Assert.Contains("The audit trail is whole", await RunAsync(world, "verify-audit"), StringComparison.Ordinal);
    }

    /// <summary>Back to the moment before some tokens were replaced, as an operator does it.</summary>
    private static async Task<string> GoBackAsync(ProofWorld world, BackupDesk desk, string moment)
    {
        foreach (var portal in world.Portals)
        {
            await portal.KillAsync();
        }

        await world.Cluster.StopAtOnceAsync();
        await desk.RestoreAsync(moment);
        await world.MigrateAsync(ProofPrograms.Portal);
        Assert.Contains($"{Linked} links are suspect", await RunAsync(world, "restored", "mark"), StringComparison.Ordinal);
        await Task.WhenAll(world.Portals.Select(portal => portal.StartReadyAsync()));
        var said = await RunAsync(world, "restored", "try");
        var sum = $"{Linked} suspect links: {Linked - Renewed} renewed, {Renewed} refused, 0 waiting, 0 ended";
        Assert.Contains(sum, said, StringComparison.Ordinal);
        Assert.Equal(Renewed, said.Split('\n').Count(line => line.Contains(" refused: its owner", StringComparison.Ordinal)));
        Assert.Equal(Renewed, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM ring_tokens WHERE state = 'REAUTH_REQUIRED' AND user_id IS NOT NULL AND account_id NOT LIKE '%SEALED%'"));
        Assert.Equal(Renewed, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key LIKE 'link.reauth.%' AND resolved_at IS NULL"));
        return sum;
    }

    /// <summary>Ring repeats what came after the moment, as its support does on request, some of it twice: each takes effect once.</summary>
    private static async Task EffectsAsync(ProofWorld world, IReadOnlyList<RingDelivery> repeated)
    {
        var again = new Ledger();
        await using var ring = new RingSender(world.Addresses, again);
        await ring.PostAllAsync([.. repeated, .. repeated], 8);
        Assert.True(again.Attempts.All(attempt => attempt.Status == 200), again.Statuses);
        await QuietAsync(world);
        Assert.Equal(0, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM (SELECT device_id, source_key FROM device_events GROUP BY 1, 2 HAVING count(*) > 1) AS doubled"));
        Assert.Equal(repeated.Count, await world.Cluster.ScalarAsync<long>($"SELECT count(*) FROM webhook_inbox WHERE request_id IN ('{string.Join("','", repeated.Select(delivery => delivery.RequestId))}')"));
    }

    private static async Task<IReadOnlyList<RingDelivery>> SendAsync(ProofWorld world, Ledger ledger, int count)
    {
        await using var ring = new RingSender(world.Addresses, ledger);
        var deliveries = Enumerable.Range(0, count).Select(_ => world.Mill.Next()).ToList();
        await ring.PostAllAsync(deliveries, 8);
        return deliveries;
    }

    private static Task QuietAsync(ProofWorld world) => Eventually.TrueAsync(
        async () => await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM webhook_inbox WHERE state = 'Due'") == 0, TimeSpan.FromMinutes(1), "every delivery is processed");

    /// <summary>Lets the sweep replace the tokens of some links at Ring, which takes the old ones back at once.</summary>
    private static async Task RenewAsync(ProofWorld world)
    {
        await world.Cluster.ExecuteAsync($"UPDATE ring_tokens SET refreshed_at = now() - interval '27 hours' WHERE id IN (SELECT id FROM ring_tokens WHERE state = 'ACTIVE' ORDER BY id LIMIT {Renewed})");
        var job = new JobDesk(world.Cluster).Run(typeof(RefreshTokensJob), nameof(RefreshTokensJob.RunAsync), CancellationToken.None);
        await new JobDesk(world.Cluster).SucceededAsync([job], TimeSpan.FromMinutes(1));
        Assert.Equal(Renewed, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM ring_tokens WHERE state = 'ACTIVE' AND version > (SELECT min(version) FROM ring_tokens WHERE state = 'ACTIVE')"));
    }

    private static async Task<Dictionary<string, long>> CountAsync(ProofWorld world)
    {
        var counts = new Dictionary<string, long>();
        foreach (var table in s_tables)
        {
            counts[table] = await world.Cluster.ScalarAsync<long>($"SELECT count(*) FROM {table}");
        }

        return counts;
    }

    /// <summary>Links that wait for their owners, each with a sealed token: rows to be opened, nothing to be tried.</summary>
    private static async Task SealAsync(ProofWorld world, int count)
    {
        var (vault, ids) = (Vault(world), Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToArray());
        await using var command = world.Cluster.Source.CreateCommand(
            """
            INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, refreshed_at, relink_notice_at, sealed_refresh_token, attempts, outcome_unknown, version)
            SELECT row.id, 'REAUTH_REQUIRED', sha256(row.id::text::bytea), 'ava1.ring.account.SEALED' || row.id, (SELECT id FROM users LIMIT 1), '192.0.2.0/24', now(), now(), now(), now(), now(), row.token, 0, false, 1
            FROM unnest(@ids, @tokens) AS row(id, token)
            """);
        command.Parameters.AddWithValue("ids", ids);
        command.Parameters.AddWithValue("tokens", NpgsqlDbType.Array | NpgsqlDbType.Bytea, ids.Select(id => vault.Seal(id, VaultColumns.RefreshToken, $"refresh-{id}")).ToArray());
        Assert.Equal(count, await command.ExecuteNonQueryAsync());
    }

    /// <summary>Opens every token there is; one that does not open ends the proof.</summary>
    private static async Task<int> OpenAllAsync(ProofWorld world)
    {
        var (vault, opened) = (Vault(world), 0);
        await using var command = world.Cluster.Source.CreateCommand("SELECT id, sealed_access_token, sealed_refresh_token FROM ring_tokens");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            foreach (var (place, column) in new[] { (1, VaultColumns.AccessToken), (2, VaultColumns.RefreshToken) })
            {
                if (!await reader.IsDBNullAsync(place))
                {
                    Assert.NotEmpty(vault.Open(reader.GetGuid(0), column, reader.GetFieldValue<byte[]>(place)));
                    opened++;
                }
            }
        }

        return opened;
    }

    private static TokenVault Vault(ProofWorld world) => new(Options.Create(new VaultOptions { Keys = { world.Settings["Vault__Keys__0"] } }));

    /// <summary>Runs a command of the portal to its good end.</summary>
    private static async Task<string> RunAsync(ProofWorld world, params string[] arguments)
    {
        var log = world.Files.Log(string.Join('-', arguments));
        await using var command = ProofProcess.Start(new ProofCommand("dotnet", [ProofPrograms.Portal.Program, .. arguments], log) { Folder = ProofPrograms.Portal.Folder, Environment = world.Settings });
        var code = await command.ExitAsync(TimeSpan.FromMinutes(2));
        var said = await File.ReadAllTextAsync(log);
        Assert.True(code == 0, said);
        return said;
    }
}
