using System.Globalization;
using Npgsql;
using RingPortal.Migrations;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>
/// A PostgreSQL cluster of its own with the settings of production (fsync and synchronous commit on, 200 connections),
/// reached over TCP, that a proof may stop at once, kill as a whole, freeze and thaw. Nobody starts it again but the proof.
/// </summary>
internal sealed class ProofCluster : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TestFolder _home;
    private readonly EmbeddedFolder _folder;
    private readonly PostgresBinaries _binaries;
    private readonly SystemAccount? _account;
    private readonly ProofFiles _files;
    private ProofProcess? _server;
    private IReadOnlyList<int> _frozen = [];

    private ProofCluster(TestFolder home, EmbeddedFolder folder, PostgresBinaries binaries, SystemAccount? account, ProofFiles files)
    {
        (_home, _folder, _binaries, _account, _files) = (home, folder, binaries, account, files);
        Source = NpgsqlDataSource.Create(ConnectionString(EmbeddedPostgres.Superuser) + ";Timeout=5;Command Timeout=60");
    }

    private IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    private IReadOnlyList<string> Settings { get; init; } = [];

    public int Port { get; } = FreePort.Take();

    /// <summary>Connections of the proof itself, as the superuser.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>The folder with its data.</summary>
    public string Data => _folder.Data;

    /// <summary>The account it runs as; null for this process's own.</summary>
    public string? Account => _account?.Name;

    /// <summary>Id of the server process; its children are found anew each time.</summary>
    public int ServerId => _server!.Id;

    /// <summary>Makes the cluster with the portal's roles and schema, and starts it.</summary>
    /// <param name="files">Where its log goes at the end.</param>
    /// <param name="environment">Variables of the server process, a faked clock for example.</param>
    /// <param name="settings">Settings that differ, as <c>name=value</c>.</param>
    public static async Task<ProofCluster> CreateAsync(ProofFiles files, IReadOnlyDictionary<string, string>? environment = null, IReadOnlyList<string>? settings = null)
    {
        var cluster = await CreateEmptyAsync(files, environment, settings);
        await new PortalMigrator(cluster.ConnectionString(EmbeddedRoles.Migrator)).MigrateAsync(EmbeddedRoles.Portal, CancellationToken.None);
        return cluster;
    }

    /// <summary>The same without a schema.</summary>
    public static async Task<ProofCluster> CreateEmptyAsync(ProofFiles files, IReadOnlyDictionary<string, string>? environment = null, IReadOnlyList<string>? settings = null)
    {
        var home = new TestFolder();
        var root = home.Inside("pg");
        await using (var made = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { Root = root }, CancellationToken.None))
        {
            await EmbeddedRoles.EnsureAsync(made, EmbeddedRoles.Database, CancellationToken.None);
        }

        var folder = new EmbeddedFolder(root);
        var binaries = await PostgresBinaries.FindAsync(null, folder, CancellationToken.None);
        var account = await SystemAccount.ForServerAsync("postgres", CancellationToken.None);
        var cluster = new ProofCluster(home, folder, binaries, account, files)
        {
            Environment = environment ?? new Dictionary<string, string>(),
            Settings = settings ?? [],
        };
        await cluster.StartAsync();
        return cluster;
    }

    /// <summary>How to reach the portal's database as one of the roles, directly or through a proxy's port.</summary>
    public string ConnectionString(string role, int? port = null, string database = EmbeddedRoles.Database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port ?? Port, Database = database, Username = role }.ConnectionString;

    /// <summary>Starts the server and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"port={Port}"), $"unix_socket_directories={_folder.Root}",
            "fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_connections=200", "log_line_prefix=%m [%p] %a ", .. Settings,
        ];
        _server = ProofProcess.Start(new ProofCommand(_binaries.Server, ["-D", _folder.Data, .. settings.SelectMany(setting => new[] { "-c", setting })], _folder.Log)
        {
            Account = _account?.Name,
            Environment = Environment,
        });
        await Eventually.TrueAsync(AnswersAsync, s_patience, "PostgreSQL takes connections");
        Source.Clear();
    }

    /// <summary><c>pg_ctl stop -m immediate</c>: every server process drops what it does.</summary>
    public async Task StopAtOnceAsync()
    {
        Signals.Quit(ServerId);
        await _server!.ExitAsync(s_patience);
    }

    /// <summary>SIGKILL to the server and all its children at one moment, as when the machine's power fails.</summary>
    public async Task KillAsync()
    {
        await FreezeAsync();
        foreach (var process in _frozen)
        {
            Signals.Kill(process);
        }

        await _server!.ExitAsync(s_patience);
        await Eventually.TrueAsync(() => _frozen.All(process => !ProcessTree.IsRunning(process)), s_patience, "all server processes are gone");
        File.Delete(_folder.ServerPidFile);
        _frozen = [];
    }

    /// <summary>SIGSTOP to the server and all its children: connections stay, nothing answers.</summary>
    public async Task FreezeAsync()
    {
        // The server first: once it stands still it makes no more children.
        Signals.Freeze(ServerId);
        await Eventually.TrueAsync(() => ProcessTree.IsFrozen(ServerId), s_patience, "the server stands still");
        _frozen = [ServerId, .. ProcessTree.ChildrenOf(ServerId)];
        foreach (var process in _frozen)
        {
            Signals.Freeze(process);
            ChildGuard.Watch(process);
        }

        await Eventually.TrueAsync(() => _frozen.All(process => ProcessTree.IsFrozen(process) || !ProcessTree.IsRunning(process)), s_patience, "all server processes stand still");
    }

    /// <summary>SIGCONT to everything that <see cref="FreezeAsync"/> held.</summary>
    public void Thaw()
    {
        foreach (var process in _frozen.Reverse())
        {
            Signals.Thaw(process);
        }

        _frozen = [];
    }

    /// <summary>Runs a statement as the superuser.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The one value a query answers with.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Writes out everything that the whole cluster holds, as <c>pg_dumpall</c> does for a backup.</summary>
    public async Task<byte[]> DumpAsync()
    {
        var file = _home.Inside("dump.sql");
        string[] arguments = ["-h", "127.0.0.1", "-p", string.Create(CultureInfo.InvariantCulture, $"{Port}"), "-U", EmbeddedPostgres.Superuser, "-f", file];
        var answer = await SystemCommand.RunAsync(Path.Combine(_binaries.Folder, "pg_dumpall"), arguments, account: null, CancellationToken.None);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        var dump = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        return dump;
    }

    public async ValueTask DisposeAsync()
    {
        Thaw();
        await Source.DisposeAsync();
        if (_server is { HasExited: false })
        {
            await StopAtOnceAsync();
        }

        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        File.Copy(_folder.Log, _files.Log("postgres"), overwrite: true);
        _home.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        if (_server!.HasExited)
        {
            Assert.Fail($"PostgreSQL ended: {await File.ReadAllTextAsync(_folder.Log)}");
        }

        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(EmbeddedPostgres.Superuser) + ";Pooling=false;Timeout=2");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
