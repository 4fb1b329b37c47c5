using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Audit.Sealing;
using RingPortal.Web.Features.Audit.Verification;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Audit;

/// <summary>A trail of its own with an instance that is composed and not started: each test seals and verifies itself.</summary>
internal sealed class AuditWorld : IAsyncDisposable
{
    private readonly NpgsqlDataSource _owner;

    private AuditWorld(TestDatabase database, PortalHost portal) =>
        (Database, Portal, _owner) = (database, portal, NpgsqlDataSource.Create(database.MigratorConnectionString));

    public TestDatabase Database { get; }

    public PortalHost Portal { get; }

    public AuditAnchor Anchor => Portal.Services.GetRequiredService<AuditAnchor>();

    /// <summary>The key of the seals.</summary>
    public string Key { get; private init; } = "";

    public static async Task<AuditWorld> CreateAsync()
    {
        var (database, key) = (await TestDatabase.CreateAsync(), NewKey());
        return new AuditWorld(database, Compose(database, key)) { Key = key };
    }

    public static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Another instance on the same trail.</summary>
    public static PortalHost Compose(TestDatabase database, params string[] sealKeys) =>
        PortalHost.Compose(database, settings: sealKeys.Index().ToDictionary(key => $"Audit:SealKeys:{key.Index}", key => (string?)key.Item));

    /// <summary>Writes records as the portal's own role does, so many in each of so many transactions.</summary>
    public async Task WriteAsync(int records, int transactions = 1)
    {
        for (var number = 0; number < transactions; number++)
        {
            await Database.ExecuteAsync(
                $"INSERT INTO audit_records (at, action, actor, subject_id, target, reason, details) SELECT now(), 'device.removed', 'Ring', gen_random_uuid(), 'device:' || gen_random_uuid(), 'because', jsonb_build_object('n', n, 'teardown', gen_random_uuid()) FROM generate_series(1, {records / transactions}) n");
        }
    }

    public async Task<int> SealAsync(PortalHost? portal = null)
    {
        await using var scope = (portal ?? Portal).Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        return await scope.ServiceProvider.GetRequiredService<AuditSealer>().SealAsync(CancellationToken.None);
    }

    /// <summary>Seals until so many records are sealed: other tests' transactions in the same cluster hold it up while they last.</summary>
    public async Task<int> SealUntilAsync(int records)
    {
        var total = 0;
        await Eventually.TrueAsync(async () => (total += await SealAsync()) >= records, TimeSpan.FromMinutes(2), $"{records} sealed");
        return total;
    }

    /// <summary>Seals until nothing is left to seal.</summary>
    public Task SealAllAsync(PortalHost? portal = null) => Eventually.TrueAsync(
        async () =>
        {
            await SealAsync(portal);
            return await ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE NOT EXISTS (SELECT FROM audit_seals WHERE record_ids @> ARRAY[audit_records.id])") == 0;
        },
        TimeSpan.FromMinutes(2), "all sealed");

    public async Task<AuditVerdict> VerifyAsync(AuditMark? known = null, PortalHost? portal = null, IProgress<AuditProgress>? progress = null)
    {
        await using var scope = (portal ?? Portal).Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        return await scope.ServiceProvider.GetRequiredService<AuditVerifier>().VerifyAsync(known, progress, CancellationToken.None);
    }

    public async Task RunVerifyJobAsync()
    {
        await using var scope = Portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await scope.ServiceProvider.GetRequiredService<VerifyAuditJob>().RunAsync(CancellationToken.None);
    }

    public async Task RunSealJobAsync()
    {
        await using var scope = Portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await scope.ServiceProvider.GetRequiredService<SealAuditJob>().RunAsync(CancellationToken.None);
    }

    /// <summary>Writes as somebody with all rights to the database, and none of the keys, would.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var command = _owner.CreateCommand(sql);
        command.CommandTimeout = 120;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    public Task<T> ScalarAsync<T>(string sql) => Database.ScalarAsync<T>(sql);

    public Task<NpgsqlConnection> ConnectAsync() => Database.Source.OpenConnectionAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await _owner.DisposeAsync();
        await Database.DisposeAsync();
    }
}
