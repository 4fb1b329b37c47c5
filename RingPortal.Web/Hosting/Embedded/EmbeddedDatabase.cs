using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>The portal's database when none is configured: an embedded cluster in the portal's data folder.</summary>
public sealed class EmbeddedDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres _cluster;
    private readonly ILoggerFactory _logging;

    private EmbeddedDatabase(EmbeddedPostgres cluster, ILoggerFactory logging) => (_cluster, _logging) = (cluster, logging);

    /// <summary>For the portal: rows, not schema.</summary>
    public string PortalConnectionString => _cluster.ConnectionString(EmbeddedRoles.Database, EmbeddedRoles.Portal);

    /// <summary>For migrations: owner of the schema.</summary>
    public string MigratorConnectionString => _cluster.ConnectionString(EmbeddedRoles.Database, EmbeddedRoles.Migrator);

    /// <summary>
    /// Starts the cluster in <see cref="DataFolder"/>, with PostgreSQL's programs from <c>Embedded__BinDir</c> or found by
    /// itself, and makes the portal's roles and database on first use.
    /// </summary>
    /// <exception cref="StartUpException">It cannot run here; the message says what to do.</exception>
    public static async Task<EmbeddedDatabase> StartAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        // The cluster runs before the host is composed and after it is gone, so it has a log of its own.
        var logging = LoggerFactory.Create(builder => builder.AddConfiguration(configuration.GetSection("Logging")).AddConsole());
        try
        {
            return new EmbeddedDatabase(await StartClusterAsync(configuration, logging, cancellationToken), logging);
        }
        catch
        {
            logging.Dispose();
            throw;
        }
    }

    /// <summary>Ends the cluster; everything that uses it has to be over.</summary>
    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _logging.Dispose();
    }

    private static async Task<EmbeddedPostgres> StartClusterAsync(IConfiguration configuration, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var cluster = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions
            {
                Root = Path.Combine(DataFolder.From(configuration), "postgres"),
                BinDir = configuration["Embedded:BinDir"] is { Length: > 0 } folder ? folder : null,
                Logger = logging.CreateLogger<EmbeddedPostgres>(),
            },
            cancellationToken);
        try
        {
            await EmbeddedRoles.EnsureAsync(cluster, EmbeddedRoles.Database, cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }
}
