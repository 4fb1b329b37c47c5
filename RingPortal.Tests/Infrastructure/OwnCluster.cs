using Npgsql;
using RingPortal.Migrations;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Infrastructure;

/// <summary>
/// A PostgreSQL cluster of a test's own, to be stopped, frozen and misconfigured. Its database is migrated by the
/// product's own migrator.
/// </summary>
public sealed class OwnCluster : IAsyncLifetime, IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly bool _fast;
    private EmbeddedPostgres? _postgres;
    private IReadOnlyList<int> _frozen = [];

    public OwnCluster()
        : this(fast: true)
    {
    }

    private OwnCluster(bool fast) => _fast = fast;

    /// <summary>For the portal: rows, not schema.</summary>
    public string PortalConnectionString => ConnectionString(EmbeddedRoles.Portal);

    /// <summary>Owner of the schema.</summary>
    public string MigratorConnectionString => ConnectionString(EmbeddedRoles.Migrator);

    /// <summary>Settings that put a portal on this cluster.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["ConnectionStrings:Portal"] = PortalConnectionString,
        ["ConnectionStrings:Migrator"] = MigratorConnectionString,
    };

    /// <param name="fast">Without <c>fsync</c>, which a portal refuses outside Development.</param>
    public static async Task<OwnCluster> StartAsync(bool fast)
    {
        var cluster = new OwnCluster(fast);
        await cluster.InitializeAsync();
        return cluster;
    }

    public async Task InitializeAsync()
    {
        await RestartAsync();
        await EmbeddedRoles.EnsureAsync(_postgres!, EmbeddedRoles.Database, CancellationToken.None);
        await new PortalMigrator(MigratorConnectionString).MigrateAsync(EmbeddedRoles.Portal, CancellationToken.None);
    }

    /// <summary>Starts the server, again after <see cref="StopAsync"/>.</summary>
    public async Task RestartAsync() => _postgres = await EmbeddedPostgres.StartAsync(
        new EmbeddedPostgresOptions { Root = _folder.Inside("pg"), Fast = _fast }, CancellationToken.None);

    /// <summary>Nobody serves the socket any more.</summary>
    public async Task StopAsync()
    {
        Thaw();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
            _postgres = null;
        }
    }

    /// <summary>Stops every process of the server in mid-step: connections stay open, nothing answers.</summary>
    public void Freeze()
    {
        var server = _postgres!.ServerProcessId;
        Signals.Freeze(server);
        // Once the server stands still no new one can come; it may have been making one when the signal was sent.
        Assert.True(SpinWait.SpinUntil(() => ProcessTree.IsFrozen(server), TimeSpan.FromSeconds(10)), "The server does not stand still.");
        var workers = ProcessTree.ChildrenOf(server);
        _frozen = [server, .. workers];
        workers.ToList().ForEach(Signals.Freeze);
    }

    public void Thaw()
    {
        foreach (var process in _frozen)
        {
            Signals.Thaw(process);
        }

        _frozen = [];
    }

    /// <summary>Runs a statement as the superuser in the portal's database.</summary>
    public Task ExecuteAsync(string sql) => ScalarAsync<object>(sql);

    /// <summary>The one value that a query answers with, as the superuser.</summary>
    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(EmbeddedPostgres.Superuser) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private string ConnectionString(string user) =>
        new NpgsqlConnectionStringBuilder { Host = _folder.Inside("pg"), Database = EmbeddedRoles.Database, Username = user }.ConnectionString;
}
