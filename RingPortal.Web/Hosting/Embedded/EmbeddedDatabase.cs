using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>
/// The portal's database when none is configured: an embedded cluster in a data folder. The connection strings are known
/// before the start, so that everything can be composed first.
/// </summary>
/// <param name="dataPath">The portal's data folder; the cluster gets a folder of its own in it.</param>
/// <param name="binDir">Folder with PostgreSQL's programs; found by itself when null.</param>
public sealed class EmbeddedDatabase(string dataPath, string? binDir = null) : IAsyncDisposable
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private EmbeddedPostgres? _cluster;

    /// <summary>Folder of the cluster.</summary>
    public string Root { get; } = Path.Combine(Path.GetFullPath(dataPath), "postgres");

    /// <summary>For the portal: rows, not schema.</summary>
    public string PortalConnectionString => EmbeddedPostgres.ConnectionString(Root, EmbeddedRoles.Database, EmbeddedRoles.Portal);

    /// <summary>For migrations: owner of the schema.</summary>
    public string MigratorConnectionString => EmbeddedPostgres.ConnectionString(Root, EmbeddedRoles.Database, EmbeddedRoles.Migrator);

    /// <summary>Starts the cluster and makes the database on first use; does nothing when it runs already.</summary>
    /// <exception cref="StartUpException">It cannot run here; the message says what to do.</exception>
    public async Task StartAsync(ILogger logger, CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken);
        try
        {
            if (_cluster is null)
            {
                var cluster = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { Root = Root, BinDir = binDir, Logger = logger }, cancellationToken);
                _cluster = cluster;
                await EmbeddedRoles.EnsureAsync(cluster, EmbeddedRoles.Database, cancellationToken);
            }
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Ends the cluster; everything that uses it has to be over.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _cluster, null) is { } cluster)
        {
            await cluster.DisposeAsync();
        }
    }
}
