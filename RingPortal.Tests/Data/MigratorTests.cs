using Npgsql;
using RingPortal.Migrations;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Data;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class MigratorTests
{
    [Fact]
    public async Task Four_Portals_That_Start_At_Once_On_An_Empty_Database_Migrate_It_Once()
    {
        var cluster = await TestCluster.SharedAsync();
        var name = $"empty_{Guid.NewGuid():N}";
        await cluster.ExecuteAsync($"CREATE DATABASE {name} OWNER {EmbeddedRoles.Migrator}");
        var connectionString = cluster.ConnectionString(name, EmbeddedRoles.Migrator);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
                Task.Run(() => new PortalMigrator(connectionString).MigrateAsync(EmbeddedRoles.Portal, CancellationToken.None))));

            await using var source = NpgsqlDataSource.Create(cluster.ConnectionString(name, EmbeddedRoles.Portal));
            await using var rows = source.CreateCommand("SELECT count(*) FROM ring_tokens");
            Assert.Equal(0L, await rows.ExecuteScalarAsync());
            await using var jobs = source.CreateCommand($"SELECT count(*) FROM {PortalMigrator.HangfireSchema}.job");
            Assert.Equal(0L, await jobs.ExecuteScalarAsync());
        }
        finally
        {
            await cluster.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }
}
