using System.Globalization;
using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting.Embedded;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Tests.Hosting.Embedded;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly TestFolder _folder = new();

    private string Root => _folder.Inside("pg");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_Second_Start_Keeps_The_Data()
    {
        await using (var first = await StartAsync())
        {
            await RunAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        await using var second = await StartAsync();

        Assert.Equal(42, await RunAsync(second, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task Nothing_Listens_And_Nobody_Else_May_Enter_The_Folder()
    {
        await using var cluster = await StartAsync();

        Assert.Equal("", await RunAsync(cluster, "SHOW listen_addresses"));
        Assert.Equal(Convert.ToInt32("700", 8), (int)File.GetUnixFileMode(Root));
    }

    [Fact]
    public async Task A_Killed_Server_Is_Started_Again_With_Its_Data()
    {
        await using var cluster = await StartAsync();
        await RunAsync(cluster, "CREATE TABLE kept AS SELECT 42 AS answer");
        var killed = cluster.ServerProcessId;

        Signals.Kill(killed);

        await Eventually.TrueAsync(() => AnswersAsync(cluster), s_limit);
        Assert.NotEqual(killed, cluster.ServerProcessId);
        Assert.Equal(42, await RunAsync(cluster, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task A_Killed_Guard_Leaves_No_Second_Server()
    {
        await using var cluster = await StartAsync();
        var server = cluster.ServerProcessId;

        Signals.Kill(ProcessTree.ParentOf(server));

        await Eventually.TrueAsync(async () => !ProcessTree.IsRunning(server) && await AnswersAsync(cluster), s_limit);
        Assert.Equal(1, ProcessTree.ServersOn(Root));
    }

    [Fact]
    public async Task A_Pid_File_That_Names_Somebody_Elses_Process_Is_No_Obstacle()
    {
        await using (await StartAsync())
        {
        }

        await File.WriteAllTextAsync(Path.Combine(Root, "data", "postmaster.pid"), $"1\n{Root}/data\n1700000000\n5432\n{Root}\n\n  1234  5\nready\n");

        await using var cluster = await StartAsync();

        Assert.True(await AnswersAsync(cluster));
        Assert.True(ProcessTree.IsRunning(1));
    }

    [Fact]
    public async Task Half_Made_Data_Is_Made_Anew()
    {
        await using (await StartAsync())
        {
        }

        File.Delete(Path.Combine(Root, "data", "PG_VERSION"));
        Directory.CreateDirectory(Path.Combine(Root, "data.new", "base"));

        await using var cluster = await StartAsync();

        Assert.True(await AnswersAsync(cluster));
        Assert.False(Directory.Exists(Path.Combine(Root, "data.new")));
    }

    [Fact]
    public async Task A_Second_Portal_Is_Refused_And_The_First_Goes_On()
    {
        await using var cluster = await StartAsync();
        var server = cluster.ServerProcessId;

        var refused = await Assert.ThrowsAsync<StartUpException>(StartAsync);

        Assert.Contains($"is in use by another portal (pid {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)})", refused.Message, StringComparison.Ordinal);
        Assert.Equal(server, cluster.ServerProcessId);
        Assert.True(await AnswersAsync(cluster));
    }

    [Fact]
    public async Task A_Folder_With_Other_Files_Is_Refused_Untouched()
    {
        Directory.CreateDirectory(Path.Combine(Root, "data"));
        await File.WriteAllTextAsync(Path.Combine(Root, "data", "PG_VERSION"), "15\n");
        var before = Directory.GetFileSystemEntries(Root, "*", SearchOption.AllDirectories);

        var refused = await Assert.ThrowsAsync<StartUpException>(StartAsync);

        Assert.Contains("holds files that RingPortal did not make", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_Path_That_No_Socket_Can_Have_Is_Refused()
    {
        var refused = await Assert.ThrowsAsync<StartUpException>(() => StartAsync(_folder.Inside(new string('x', 90))));

        Assert.Contains("too long for a socket", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Data_Of_A_Version_That_Is_Not_Installed_Is_Refused_With_Its_Package()
    {
        await using (await StartAsync())
        {
        }

        await File.WriteAllTextAsync(Path.Combine(Root, "data", "PG_VERSION"), "9\n");

        var refused = await Assert.ThrowsAsync<StartUpException>(StartAsync);

        Assert.Contains("apt-get install postgresql-9", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_Programs_Are_Told_With_The_Step_That_Brings_Them()
    {
        var options = new EmbeddedPostgresOptions { Root = Root, BinDir = _folder.Inside("nothing") };

        var refused = await Assert.ThrowsAsync<StartUpException>(() => EmbeddedPostgres.StartAsync(options, CancellationToken.None));

        Assert.Contains("apt-get install postgresql", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Server_That_Cannot_Start_Tells_What_Its_Log_Says()
    {
        await using (await StartAsync())
        {
        }

        await File.AppendAllTextAsync(Path.Combine(Root, "data", "postgresql.conf"), "\nno_such_setting = 1\n");

        var refused = await Assert.ThrowsAsync<StartUpException>(StartAsync);

        Assert.Contains("no_such_setting", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Large_Log_Is_Put_Aside()
    {
        await using (await StartAsync())
        {
        }

        await using (var log = new FileStream(Path.Combine(Root, "postgres.log"), FileMode.Open, FileAccess.Write))
        {
            log.SetLength(6 * 1024 * 1024);
        }

        await using var cluster = await StartAsync();

        Assert.True(new FileInfo(Path.Combine(Root, "postgres.log")).Length < 1024 * 1024);
        Assert.True(File.Exists(Path.Combine(Root, "postgres.log.old")));
    }

    private Task<EmbeddedPostgres> StartAsync() => StartAsync(Root);

    private static Task<EmbeddedPostgres> StartAsync(string root) =>
        EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { Root = root, Fast = true }, CancellationToken.None);

    private static async Task<object?> RunAsync(EmbeddedPostgres cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString("postgres", EmbeddedPostgres.Superuser) + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<bool> AnswersAsync(EmbeddedPostgres cluster)
    {
        try
        {
            return await RunAsync(cluster, "SELECT 1") is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
