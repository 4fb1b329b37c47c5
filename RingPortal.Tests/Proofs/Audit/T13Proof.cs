using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RingPortal.Data;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Proofs.Audit;

/// <summary>T13: nobody without the keys changes the audit trail unseen, whatever rights they have to the database.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "T13")]
public sealed class T13Proof
{
    private const int Records = 100_000;
    private const int Transactions = 200;
    private static readonly TimeSpan s_sealed = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_verified = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Whatever_Is_Done_To_The_Trail_Is_Found()
    {
        await using var world = await ProofWorld.StartAsync("T13", new ProofShape { Households = (20, 1) });
        await WriteAsync(world);
        var written = Stopwatch.StartNew();
        await Eventually.TrueAsync(async () => await UnsealedAsync(world) == 0, s_sealed, "the portals have sealed everything");
        var sealing = written.Elapsed;
        await RefusedAsync(world);
        foreach (var portal in world.Portals)
        {
            Assert.Equal(0, await portal.StopAsync(TimeSpan.FromSeconds(40)));
        }

        var trail = new TrailCommand(world);
        var (whole, took) = await trail.VerifyAsync();
        Assert.Equal(0, whole);
        Assert.True(took <= s_verified, $"Verified in {took}");
        foreach (var tampering in Tampering.All)
        {
            await FoundAsync(world, trail, tampering);
        }

        await ErasedAsync(world);
        Assert.Equal(0, (await trail.VerifyAsync()).Code);
        ProofFiles.Figure("T13", $"{Records} records sealed {sealing.TotalSeconds:0} s after the last one by the job of each minute and verified in {took.TotalSeconds:0.0} s; {Tampering.All.Count} of {Tampering.All.Count} ways to tamper found and named ({string.Join(", ", Tampering.All.Select(tampering => tampering.Name))}), the portal's own role refused each; a person erased: whole");
    }

    private static async Task WriteAsync(ProofWorld world)
    {
        await using var source = NpgsqlDataSource.Create(world.Cluster.ConnectionString(EmbeddedRoles.Portal));
        for (var number = 0; number < Transactions; number++)
        {
            await using var command = source.CreateCommand(
                $"INSERT INTO audit_records (at, action, actor, subject_id, target, reason, details) SELECT now(), 'device.removed', 'Ring', gen_random_uuid(), 'device:' || gen_random_uuid(), 'because', jsonb_build_object('n', n) FROM generate_series(1, {Records / Transactions}) n");
            Assert.Equal(Records / Transactions, await command.ExecuteNonQueryAsync());
        }
    }

    private static Task<long> UnsealedAsync(ProofWorld world) =>
        world.Cluster.ScalarAsync<long>("SELECT (SELECT count(*) FROM audit_records) - (SELECT coalesce(sum(cardinality(record_ids)), 0) FROM audit_seals)::bigint");

    /// <summary>The role that the portal has cannot do any of it.</summary>
    private static async Task RefusedAsync(ProofWorld world)
    {
        await using var source = NpgsqlDataSource.Create(world.Cluster.ConnectionString(EmbeddedRoles.Portal));
        foreach (var sql in new[] { "UPDATE audit_records SET reason = 'x'", "DELETE FROM audit_records", "TRUNCATE audit_records", "UPDATE audit_seals SET digest = ''", "DELETE FROM audit_seals" })
        {
            await using var command = source.CreateCommand(sql);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
        }
    }

    /// <summary>Done, found by the operator's command, and undone: then the trail is whole again.</summary>
    private static async Task FoundAsync(ProofWorld world, TrailCommand trail, Tampering tampering)
    {
        await world.Cluster.ExecuteAsync(Tampering.Save);
        await world.Cluster.ExecuteAsync(tampering.Sql);
        var (code, took) = await trail.VerifyAsync();
        Assert.True(code == VerifyAuditCommand.BrokenExitCode, $"{tampering.Name}: exit code {code}, {trail.Said}");
        Assert.Contains(tampering.Finding, trail.Said, StringComparison.Ordinal);
        Assert.True(took <= s_verified, $"{tampering.Name}: {took}");
        await world.Cluster.ExecuteAsync(Tampering.Restore);
        Assert.True((await trail.VerifyAsync()).Code == 0, $"{tampering.Name}: not whole after it was undone: {trail.Said}");
    }

    /// <summary>The pseudonym of a person who did things loses its key.</summary>
    private static async Task ErasedAsync(ProofWorld world)
    {
        await using var services = new ProofServices(world);
        var person = await world.Cluster.ScalarAsync<Guid>("SELECT id FROM users LIMIT 1");
        Assert.True(await services.AskAsync(async (IServiceProvider provider) =>
        {
            var (context, subjects) = (provider.GetRequiredService<RingPortalContext>(), provider.GetRequiredService<AuditSubjects>());
            var subject = await subjects.OfAsync(context, person, CancellationToken.None);
            await world.Cluster.ExecuteAsync($"INSERT INTO audit_records (at, action, actor, subject_id) VALUES (now(), 'sign-in', 'Person', '{subject!.Id}')");
            var erased = await subjects.EraseAsync(context, person, CancellationToken.None);
            await context.SaveChangesAsync();
            return erased;
        }));
        Assert.Equal(0, await world.Cluster.ScalarAsync<long>($"SELECT count(*) FROM audit_subjects WHERE user_id = '{person}'"));
    }
}

/// <summary>Something that a person with all rights to the database, and none of the keys, may do to the trail.</summary>
internal sealed record Tampering(string Name, string Sql, string Finding)
{
    public const string Save = "DROP TABLE IF EXISTS proof_records, proof_seals; CREATE TABLE proof_records AS TABLE audit_records; CREATE TABLE proof_seals AS TABLE audit_seals";

    public const string Restore =
        "TRUNCATE audit_records, audit_seals; INSERT INTO audit_records OVERRIDING SYSTEM VALUE SELECT * FROM proof_records; INSERT INTO audit_seals OVERRIDING SYSTEM VALUE SELECT * FROM proof_seals";

    public static IReadOnlyList<Tampering> All { get; } =
    [
        new("alteration", "UPDATE audit_records SET reason = 'another' WHERE id = 77777", "Record 77777 is not what was sealed"),
        new("deletion", "DELETE FROM audit_records WHERE id = 55555", "Record 55555 is gone"),
        new(
            "insertion",
            "INSERT INTO audit_records (id, transaction_id, at, action, actor) OVERRIDING SYSTEM VALUE SELECT (SELECT max(id) FROM audit_records) + 1, transaction_id, at, 'link.claimed', 'Person' FROM audit_records WHERE id = 33333",
            "was put in afterwards"),
        new(
            "exchange",
            "UPDATE audit_records AS one SET target = other.target, subject_id = other.subject_id FROM audit_records AS other WHERE (one.id, other.id) IN ((120, 90310), (90310, 120))",
            "Record 90310 is not what was sealed"),
        new(
            "truncation",
            "DELETE FROM audit_records WHERE id IN (SELECT unnest(record_ids) FROM audit_seals WHERE number = (SELECT max(number) FROM audit_seals)); DELETE FROM audit_seals WHERE number = (SELECT max(number) FROM audit_seals)",
            "The end is cut off"),
        new("a seal written anew", "UPDATE audit_seals SET digest = sha256('x') WHERE number = 2", "Seal 2 is not what was made"),
        new("everything deleted", "TRUNCATE audit_records, audit_seals", "The end is cut off"),
    ];
}

/// <summary>The operator's <c>verify-audit</c>, against the newest seal as the log had it.</summary>
internal sealed class TrailCommand(ProofWorld world)
{
    private string? _mark;

    /// <summary>What it said last.</summary>
    public string Said { get; private set; } = "";

    public async Task<(int Code, TimeSpan Took)> VerifyAsync()
    {
        _mark ??= await world.Cluster.ScalarAsync<string>("SELECT number || ':' || encode(mac, 'hex') FROM audit_seals ORDER BY number DESC LIMIT 1");
        var log = world.Files.Log($"verify-{Guid.NewGuid():N}");
        var clock = Stopwatch.StartNew();
        await using var command = ProofProcess.Start(new ProofCommand("dotnet", [ProofPrograms.Portal.Program, "verify-audit", _mark], log)
        {
            Folder = ProofPrograms.Portal.Folder,
            Environment = world.Settings,
        });
        var code = await command.ExitAsync(TimeSpan.FromMinutes(2));
        Said = await File.ReadAllTextAsync(log);
        return (code, clock.Elapsed);
    }
}
