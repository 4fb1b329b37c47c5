using Npgsql;
using RingPortal.Migrations;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Infrastructure;

/// <summary>
/// The one PostgreSQL cluster of this test process, started at first use and ended with the process. Its template database
/// is migrated once, by the product's own migrator; every test class gets a copy.
/// </summary>
public sealed class TestCluster
{
    public const string Template = "portal_template";

    private static readonly Lazy<Task<TestCluster>> s_shared = new(StartAsync, LazyThreadSafetyMode.ExecutionAndPublication);

    private readonly EmbeddedPostgres _postgres;
    private readonly NpgsqlDataSource _admin;

    private TestCluster(EmbeddedPostgres postgres)
    {
        _postgres = postgres;
        _admin = NpgsqlDataSource.Create(ConnectionString("postgres", EmbeddedPostgres.Superuser));
    }

    public static Task<TestCluster> SharedAsync() => s_shared.Value;

    public string ConnectionString(string database, string user) =>
        new NpgsqlConnectionStringBuilder(_postgres.ConnectionString(database, user)) { MaxPoolSize = 20, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 5 }.ConnectionString;

    /// <summary>Runs a statement as the superuser outside of any portal's database.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = _admin.CreateCommand(sql);
        // A copy of a database flushes what all tests have written.
        command.CommandTimeout = 120;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<TestCluster> StartAsync()
    {
        var folder = new TestFolder();
        var postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { Root = folder.Inside("pg"), Fast = true }, CancellationToken.None);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
            folder.Dispose();
        };
        var cluster = new TestCluster(postgres);
        await EmbeddedRoles.EnsureAsync(postgres, Template, CancellationToken.None);
        await new PortalMigrator(cluster.ConnectionString(Template, EmbeddedRoles.Migrator)).MigrateAsync(EmbeddedRoles.Portal, CancellationToken.None);
        // Nobody may be connected to a database while it is copied.
        await cluster.ExecuteAsync($"ALTER DATABASE {Template} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true");
        return cluster;
    }
}
