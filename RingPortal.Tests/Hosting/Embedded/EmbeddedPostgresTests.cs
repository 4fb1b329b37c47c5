using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Hosting.Embedded;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class EmbeddedPostgresTests : EmbeddedPostgresTest
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

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
}
