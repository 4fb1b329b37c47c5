using System.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RingPortal.Data;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Proofs.Jobs;

/// <summary>J8: several starters migrate a database once, and one that dies half way is made good by the next.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "J8")]
public sealed class J8Proof : IAsyncLifetime
{
    private const int Rounds = 10;
    private const int Starters = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>Everything that a schema is made of, as one text.</summary>
    private const string ShapeSql =
        """
        SELECT md5(string_agg(line, E'\n' ORDER BY line)) FROM (
          SELECT format('%s.%s.%s %s %s %s', table_schema, table_name, column_name, data_type, is_nullable, coalesce(column_default, '')) AS line
          FROM information_schema.columns WHERE table_schema IN ('public', 'hangfire')
          UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'hangfire')
          UNION ALL SELECT format('%s %s', conname, pg_get_constraintdef(oid)) FROM pg_constraint
          UNION ALL SELECT format('%s %s', tgname, tgrelid::regclass) FROM pg_trigger WHERE NOT tgisinternal) lines
        """;

    private readonly ProofFiles _files = new("J8");
    private readonly TestFolder _home = new();
    private ProofCluster _cluster = null!;
    private string _shape = "";
    private int _databases;

    public async Task InitializeAsync()
    {
        _cluster = await ProofCluster.CreateAsync(_files);
        _shape = await ShapeAsync(EmbeddedRoles.Database);
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task Several_Starters_Migrate_Once_And_Repair_What_A_Dead_One_Left()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await AllAsync(await CreateAsync());
            await AllAsync(await OldAsync());
        }

        var torn = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var database = await CreateAsync();
            torn += await KillHalfWayAsync(database, round) ? 1 : 0;
            await AllAsync(database);
        }

        Assert.True(torn >= Rounds / 2, $"Only {torn} of {Rounds} were killed while they worked.");
        var before = await VersionBeforeAsync();
        ProofFiles.Figure("J8", $"{Starters} starters at once, {Rounds} rounds on an empty and {Rounds} on the first schema: {2 * Rounds * Starters} of {2 * Rounds * Starters} ended well, each migration applied once; {torn} starters killed half way: the next {Starters} repaired each; {before}");
    }

    /// <summary>A rolling update: the version before keeps serving while its database is migrated and until it is replaced.</summary>
    private static async Task<string> VersionBeforeAsync()
    {
        await using var world = await ProofWorld.StartAsync("J8-before", new ProofShape { Before = true });
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        using var stop = new CancellationTokenSource();
        var sending = ring.SteadyAsync(50, world.Mill.Next, stop.Token);
        await WaitForAsync(ledger, 250);
        await world.MigrateAsync(ProofPrograms.Portal);
        await WaitForAsync(ledger, ledger.Attempts.Count + 500);
        foreach (var portal in world.Portals)
        {
            ring.Drained.TryAdd(portal.Number, 0);
            await Moments.PassAsync(TimeSpan.FromSeconds(1));
            Assert.Equal(0, await portal.StopAsync(TimeSpan.FromSeconds(30)));
            portal.Program = ProofPrograms.Portal;
            await portal.StartReadyAsync();
            ring.Drained.TryRemove(portal.Number, out _);
        }

        await WaitForAsync(ledger, ledger.Attempts.Count + 250);
        await stop.CancelAsync();
        await sending;
        await ring.WhenDeliveredAsync(TimeSpan.FromSeconds(60));

        Assert.True(ledger.Attempts.All(attempt => attempt.Status == 200), ledger.Statuses);
        (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger);
        await EffectCheck.WholeAsync(world.Cluster, ledger, TimeSpan.FromMinutes(1));
        return FormattableString.Invariant($"migrated under the version before and replaced one by one, 50 events a second: {ledger.Attempts.Count} answers, all 200, each event once, p99 {Latencies.Of(ledger.Attempts).P99.TotalMilliseconds:0} ms");
    }

    private static Task WaitForAsync(Ledger ledger, int attempts) =>
        Eventually.TrueAsync(() => ledger.Attempts.Count >= attempts, s_limit, $"{attempts} deliveries were answered");

    /// <summary>All starters at once; all must end well, and the schema must be whole.</summary>
    private async Task AllAsync(string database)
    {
        var starters = Enumerable.Range(0, Starters).Select(_ => Start(database)).ToList();
        var codes = await Task.WhenAll(starters.Select(starter => starter.ExitAsync(s_limit)));
        Assert.True(codes.All(code => code == 0), $"Exit codes {string.Join(", ", codes)}; see {_files.Log("migrate")}");
        Assert.Equal(_shape, await ShapeAsync(database));
        Assert.Equal(await ScalarAsync<long>(EmbeddedRoles.Database, "SELECT count(*) FROM \"__EFMigrationsHistory\""), await ScalarAsync<long>(database, "SELECT count(*) FROM \"__EFMigrationsHistory\""));
        await _cluster.ExecuteAsync($"DROP DATABASE {database} WITH (FORCE)");
    }

    private async Task<bool> KillHalfWayAsync(string database, int round)
    {
        await using var starter = Start(database);
        // Later and later in its work: at the first table, then among them, then in the job storage's schema.
        var tables = 1 + (round * 6);
        var clock = Stopwatch.StartNew();
        while (!starter.HasExited && clock.Elapsed < s_limit)
        {
            if (await ScalarAsync<long>(database, "SELECT count(*) FROM pg_locks WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND locktype = 'relation' AND mode = 'AccessExclusiveLock'") >= tables
                || await ScalarAsync<long>(database, "SELECT count(*) FROM information_schema.tables WHERE table_schema IN ('public', 'hangfire')") >= tables)
            {
                await starter.KillAsync();
                return true;
            }
        }

        return false;
    }

    private ProofProcess Start(string database) => ProofProcess.Start(new ProofCommand("dotnet", [ProofPrograms.Portal.Program, "migrate"], _files.Log("migrate"))
    {
        Folder = ProofPrograms.Portal.Folder,
        Environment = new Dictionary<string, string>(ProofSettings.Make(_cluster, null, null, _home))
        {
            ["ConnectionStrings__Portal"] = _cluster.ConnectionString(EmbeddedRoles.Portal, database: database),
            ["ConnectionStrings__Migrator"] = _cluster.ConnectionString(EmbeddedRoles.Migrator, database: database),
        },
    });

    private async Task<string> CreateAsync()
    {
        var name = $"migrated_{++_databases}";
        await _cluster.ExecuteAsync($"CREATE DATABASE {name} OWNER {EmbeddedRoles.Migrator}");
        return name;
    }

    /// <summary>A database as the first version left it, with a row in it.</summary>
    private async Task<string> OldAsync()
    {
        var name = await CreateAsync();
        await using var source = NpgsqlDataSource.Create(_cluster.ConnectionString(EmbeddedRoles.Migrator, database: name) + ";Pooling=false");
        await using var services = new ServiceCollection()
            .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .AddDbContext<RingPortalContext>(options => options.UsePortalDatabase(source)).BuildServiceProvider();
        await using var context = services.GetRequiredService<RingPortalContext>();
        await context.Database.MigrateAsync(context.Database.GetMigrations().First());
        await context.Database.ExecuteSqlAsync($"INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts) VALUES (gen_random_uuid(), 'old', '', '', now(), 'Due', 0)");
        return name;
    }

    private Task<string> ShapeAsync(string database) => ScalarAsync<string>(database, ShapeSql);

    private async Task<T> ScalarAsync<T>(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(_cluster.ConnectionString(EmbeddedPostgres.Superuser, database: database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
