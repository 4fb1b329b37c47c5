using Npgsql;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>
/// A private PostgreSQL cluster that lives as long as the portal: made on first start, reached by a socket in a folder
/// that only its owner may enter (so no port, no password), ended with the portal however that ends.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>The cluster's own superuser; the portal never signs in with it.</summary>
    public const string Superuser = "postgres";

    private readonly EmbeddedFolder _folder;
    private readonly FolderLock _lock;
    private readonly ServerSupervisor _server;

    private EmbeddedPostgres(EmbeddedFolder folder, FolderLock folderLock, ServerSupervisor server) =>
        (_folder, _lock, _server) = (folder, folderLock, server);

    /// <summary>Process id of the PostgreSQL server that runs now.</summary>
    public int ServerProcessId => LeftoverServer.ReadProcessId(_folder) ?? throw new InvalidOperationException("The embedded PostgreSQL is not running.");

    /// <summary>Makes the cluster when it is not there yet, clears what an earlier crash left, starts it and waits until it answers.</summary>
    /// <exception cref="StartUpException">The cluster cannot run here; the message says what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new StartUpException("The embedded PostgreSQL runs on Linux only. Set ConnectionStrings__Portal to a PostgreSQL of your own.");
        }

        var folder = new EmbeddedFolder(options.Root);
        try
        {
            folder.Check();
            var binaries = await PostgresBinaries.FindAsync(options.BinDir, folder, cancellationToken);
            folder.Create();
            return await StartLockedAsync(folder, FolderLock.Take(folder), binaries, options, cancellationToken);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new StartUpException($"The portal's account may not use the data folder {folder.Root}. Start it as the account that owns the folder, or name another folder with Embedded__DataPath.", denied);
        }
    }

    /// <summary>How to reach a database of this cluster as one of its roles.</summary>
    public string ConnectionString(string database, string user) =>
        new NpgsqlConnectionStringBuilder { Host = _folder.Root, Database = database, Username = user }.ConnectionString;

    /// <summary>Ends the server by a fast shutdown, waits for its end and lets the folder go.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _lock.Dispose();
    }

    private static async Task<EmbeddedPostgres> StartLockedAsync(
        EmbeddedFolder folder, FolderLock folderLock, PostgresBinaries binaries, EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var clusterId = folder.Mark();
            var account = await SystemAccount.ForServerAsync(options.RunAs, cancellationToken);
            await ClusterMaker.EnsureAsync(folder, binaries, account, options.Fast, cancellationToken);
            var leftover = new LeftoverServer(folder, clusterId);
            var server = await ServerSupervisor.StartAsync(new ServerStart(folder, binaries, account, options.Fast), leftover, options.Logger, cancellationToken);
            return new EmbeddedPostgres(folder, folderLock, server);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }
}
