using Npgsql;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Benchmarks.Rig;

/// <summary>A PostgreSQL of the run's own, set as <c>docker-compose.yml</c> sets it: <c>fsync</c> and <c>synchronous_commit</c> on.</summary>
internal sealed class BenchmarkCluster : IAsyncDisposable
{
    private static readonly string[] s_settings = ["shared_buffers = '512MB'", "checkpoint_timeout = '15min'", "max_wal_size = '4GB'", "wal_level = 'replica'", "synchronous_commit = 'on'"];

    private readonly EmbeddedPostgres _postgres;

    private BenchmarkCluster(EmbeddedPostgres postgres) => _postgres = postgres;

    public static async Task<BenchmarkCluster> StartAsync(string folder)
    {
        var options = new EmbeddedPostgresOptions { Root = Path.Combine(folder, "pg") };
        await using (var first = await EmbeddedPostgres.StartAsync(options, CancellationToken.None))
        {
            await using var source = NpgsqlDataSource.Create(first.ConnectionString("postgres", EmbeddedPostgres.Superuser) + ";Pooling=false");
            foreach (var setting in s_settings)
            {
                await using var command = source.CreateCommand($"ALTER SYSTEM SET {setting}");
                await command.ExecuteNonQueryAsync();
            }
        }

        return new(await EmbeddedPostgres.StartAsync(options, CancellationToken.None));
    }

    /// <summary>Processor time that the server has used so far, all its processes together.</summary>
    public TimeSpan UsedTime => ProcessorTime.Of(_postgres.ServerProcessId);

    /// <summary>Makes a database with the portal's roles, once, and answers how the portal's role reaches it.</summary>
    public async Task<string> CreateAsync(string database)
    {
        await EmbeddedRoles.EnsureAsync(_postgres, database, CancellationToken.None);
        await ExecuteAsync(database, $"GRANT CREATE ON SCHEMA public TO {EmbeddedRoles.Portal}");
        return _postgres.ConnectionString(database, EmbeddedRoles.Portal);
    }

    public string MigratorConnectionString(string database) => _postgres.ConnectionString(database, EmbeddedRoles.Migrator);

    /// <summary>How the portal's role reaches a database.</summary>
    public string PortalConnectionString(string database) => _postgres.ConnectionString(database, EmbeddedRoles.Portal);

    /// <summary>Waits until the portal has processed all that it took, so that one run does not pay for the one before.</summary>
    public async Task SettleAsync(string database)
    {
        while (await ExecuteAsync(database, "SELECT 1 FROM webhook_inbox WHERE state = 'Due' LIMIT 1") is not null)
        {
            await Task.Delay(100);
        }
    }

    /// <summary>A pool of the superuser's, to fill a database and to look into it.</summary>
    public NpgsqlDataSource Open(string database) => NpgsqlDataSource.Create(_postgres.ConnectionString(database, EmbeddedPostgres.Superuser) + ";Command Timeout=0");

    /// <summary>Runs a statement as the superuser and answers with its one value, if any.</summary>
    public async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(_postgres.ConnectionString(database, EmbeddedPostgres.Superuser) + ";Command Timeout=0;Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();
}
