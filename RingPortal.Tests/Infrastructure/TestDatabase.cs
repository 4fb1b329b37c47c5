using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RingPortal.Data;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Infrastructure;

/// <summary>
/// A migrated database of its own on <see cref="TestCluster"/>: as a class fixture (<c>IClassFixture&lt;TestDatabase&gt;</c>)
/// or by <see cref="CreateAsync"/>. Dropped at the end.
/// </summary>
public sealed class TestDatabase : IAsyncLifetime, IAsyncDisposable
{
    private TestCluster _cluster = null!;
    private NpgsqlDataSource _app = null!;
    private ServiceProvider _contexts = null!;

    public string Name { get; } = $"test_{Guid.NewGuid():N}";

    /// <summary>For the portal: rows, not schema.</summary>
    public string AppConnectionString => _cluster.ConnectionString(Name, EmbeddedRoles.Portal);

    /// <summary>Owner of the schema.</summary>
    public string MigratorConnectionString => _cluster.ConnectionString(Name, EmbeddedRoles.Migrator);

    /// <summary>Connections as the portal's role.</summary>
    public NpgsqlDataSource Source => _app;

    public static async Task<TestDatabase> CreateAsync()
    {
        var database = new TestDatabase();
        await database.InitializeAsync();
        return database;
    }

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.SharedAsync();
        // Files are copied with less work than pages.
        await _cluster.ExecuteAsync($"CREATE DATABASE {Name} TEMPLATE {TestCluster.Template} STRATEGY file_copy OWNER {EmbeddedRoles.Migrator}");
        _app = NpgsqlDataSource.Create(AppConnectionString);
        _contexts = new ServiceCollection()
            .Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .AddDbContextFactory<RingPortalContext>(options => options.UsePortalDatabase(_app))
            .BuildServiceProvider();
    }

    /// <summary>A context as the portal's role; the caller disposes it.</summary>
    public RingPortalContext CreateContext() => _contexts.GetRequiredService<IDbContextFactory<RingPortalContext>>().CreateDbContext();

    /// <summary>Runs a statement as the portal's role.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = _app.CreateCommand(sql);
        command.CommandTimeout = 120;
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The one value a query answers with, as the portal's role.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = _app.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _contexts.DisposeAsync();
        await _app.DisposeAsync();
        await _cluster.ExecuteAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
}
