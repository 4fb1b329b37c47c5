using System.Globalization;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>Runs <c>eng/backup</c> and <c>eng/restore</c> as operators do, on a proof's cluster, as the account of its server.</summary>
internal sealed class BackupDesk : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private readonly ProofWorld _world;
    private readonly TestFolder _folder = new();
    private ProofProcess? _log;

    private BackupDesk(ProofWorld world) => _world = world;

    private string Backups => _folder.Inside("backups");

    public static async Task<BackupDesk> OpenAsync(ProofWorld world)
    {
        var desk = new BackupDesk(world);
        Directory.CreateDirectory(desk.Backups);
        // Where the server's account can read them, wherever the repository lies.
        Directory.CreateDirectory(desk._folder.Inside("eng"));
        foreach (var script in new[] { "backup", "restore", "machine.sh" })
        {
            File.Copy(Path.Combine(Repository.Root, "eng", script), desk.Script(script));
        }

        if (world.Cluster.Account is { } account)
        {
            var owned = await SystemCommand.RunAsync("chown", [account, desk.Backups], account: null, CancellationToken.None);
            Assert.True(owned.ExitCode == 0, owned.Errors);
        }

        return desk;
    }

    /// <summary>Begins to take the log; it is taken once this returns.</summary>
    public async Task TakeLogAsync()
    {
        _log = Start("backup-log", "backup", "log", Backups);
        await Eventually.TrueAsync(
            async () => await _world.Cluster.ScalarAsync<long>("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'ringportal_backup' AND active") == 1,
            TimeSpan.FromSeconds(20), "the log is taken");
    }

    public Task TakeBaseAsync() => RunAsync("backup-base", "backup", "base", Backups);

    public Task CheckAsync() => RunAsync("backup-check", "backup", "check", Backups);

    /// <summary>Puts a restored folder in the place of the cluster's own, which is set aside, and starts the server on it.</summary>
    /// <param name="moment">To go back to; null for everything that was taken.</param>
    public async Task RestoreAsync(string? moment)
    {
        await (_log?.DisposeAsync() ?? ValueTask.CompletedTask);
        var cluster = _world.Cluster;
        Directory.Move(cluster.Data, $"{cluster.Data}-{Guid.NewGuid():N}");
        var log = _world.Files.Log("restore");
        await using (var restore = ProofProcess.Start(new ProofCommand(Script("restore"), moment is null ? [Backups, cluster.Data] : [Backups, cluster.Data, moment], log)))
        {
            Assert.True(await restore.ExitAsync(s_limit) == 0, await File.ReadAllTextAsync(log));
        }

        await cluster.StartAsync();
        await Eventually.TrueAsync(async () => !await cluster.ScalarAsync<bool>("SELECT pg_is_in_recovery()"), s_limit, "the log is replayed");
    }

    public async ValueTask DisposeAsync()
    {
        await (_log?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    private string Script(string name) => Path.Combine(_folder.Inside("eng"), name);

    private async Task RunAsync(string log, string script, params string[] arguments)
    {
        await using var run = Start(log, script, arguments);
        Assert.True(await run.ExitAsync(s_limit) == 0, await File.ReadAllTextAsync(Path.Combine(Backups, $"{log}.txt")));
    }

    private ProofProcess Start(string log, string script, params string[] arguments) =>
        ProofProcess.Start(new ProofCommand(Script(script), arguments, Path.Combine(Backups, $"{log}.txt"))
        {
            Account = _world.Cluster.Account,
            Environment = new Dictionary<string, string>
            {
                ["PGHOST"] = "127.0.0.1",
                ["PGPORT"] = _world.Cluster.Port.ToString(CultureInfo.InvariantCulture),
                ["PGUSER"] = EmbeddedPostgres.Superuser,
            },
        });
}
