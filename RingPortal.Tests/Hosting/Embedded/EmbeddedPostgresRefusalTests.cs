using System.Globalization;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting.Embedded;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Tests.Hosting.Embedded;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class EmbeddedPostgresRefusalTests : EmbeddedPostgresTest
{
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
        var refused = await Assert.ThrowsAsync<StartUpException>(() => StartAsync(Folder.Inside(new string('x', 90))));

        Assert.Contains("too long for a socket", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
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
        var options = new EmbeddedPostgresOptions { Root = Root, BinDir = Folder.Inside("nothing") };

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
}
