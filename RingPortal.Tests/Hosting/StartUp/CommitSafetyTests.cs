using System.Globalization;
using System.Net;
using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Hosting.StartUp;

/// <summary>A database that confirms what it may still lose is refused, whoever set it so.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class CommitSafetyTests(OwnCluster cluster, TestDatabase unused) : IClassFixture<OwnCluster>, IClassFixture<TestDatabase>
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData("on")]
    [InlineData("remote_apply")]
    [InlineData("remote_write")]
    [InlineData("local")]
    public async Task Every_Setting_That_Writes_Before_It_Confirms_Is_Taken(string setting)
    {
        await cluster.ExecuteAsync($"ALTER ROLE {EmbeddedRoles.Portal} SET synchronous_commit = {setting}");
        Assert.Null(await ProblemAsync(isDevelopment: true));
        await cluster.ExecuteAsync($"ALTER ROLE {EmbeddedRoles.Portal} RESET synchronous_commit");
    }

    [Theory]
    [InlineData($"ROLE {EmbeddedRoles.Portal}", $"ALTER ROLE \"{EmbeddedRoles.Portal}\" RESET synchronous_commit")]
    [InlineData($"DATABASE {EmbeddedRoles.Database}", $"ALTER DATABASE \"{EmbeddedRoles.Database}\" RESET synchronous_commit")]
    [InlineData($"ROLE {EmbeddedRoles.Portal} IN DATABASE {EmbeddedRoles.Database}", $"ALTER ROLE \"{EmbeddedRoles.Portal}\" IN DATABASE \"{EmbeddedRoles.Database}\" RESET synchronous_commit")]
    [InlineData("SYSTEM", "ALTER SYSTEM SET synchronous_commit = 'on'; SELECT pg_reload_conf()")]
    public async Task Off_Is_Refused_With_The_Step_That_Mends_It(string where, string step)
    {
        await cluster.ExecuteAsync($"ALTER {where} SET synchronous_commit = off");
        await cluster.ExecuteAsync("SELECT pg_reload_conf()");
        string? problem = null;
        // The server reads its configuration a moment later.
        await Eventually.TrueAsync(async () => (problem = await ProblemAsync(isDevelopment: true)) is not null, s_limit);
        Assert.Contains(step, problem, StringComparison.Ordinal);
        foreach (var statement in step.Split("; "))
        {
            await cluster.ExecuteAsync(statement);
        }

        await Eventually.TrueAsync(async () => await ProblemAsync(isDevelopment: true) is null, s_limit);
    }

    [Fact]
    public async Task A_Server_Without_Fsync_Is_For_Development_Only()
    {
        Assert.Null(await ProblemAsync(isDevelopment: true));
        Assert.Contains("fsync", await ProblemAsync(isDevelopment: false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("check")]
    public async Task The_Portal_Does_Not_Start_And_The_Check_Fails(string command)
    {
        await cluster.ExecuteAsync($"ALTER ROLE {EmbeddedRoles.Portal} SET synchronous_commit = off");
        using var folder = new TestFolder();
        var settings = PortalEnvironment.For(new Uri($"http://127.0.0.1:{FreePort.Take().ToString(CultureInfo.InvariantCulture)}"), folder);
        settings["ConnectionStrings__Portal"] = cluster.PortalConnectionString;
        settings["ConnectionStrings__Migrator"] = cluster.MigratorConnectionString;
        await using var portal = PortalProcess.Start(settings, arguments: command.Length > 0 ? [command] : []);
        Assert.Equal(1, await portal.ExitAsync(s_limit));
        Assert.StartsWith("RingPortal could not start.", portal.Errors, StringComparison.Ordinal);
        Assert.Contains($"ALTER ROLE \"{EmbeddedRoles.Portal}\" RESET synchronous_commit", portal.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Errors + portal.Output, StringComparison.Ordinal);
        await cluster.ExecuteAsync($"ALTER ROLE {EmbeddedRoles.Portal} RESET synchronous_commit");
    }

    [Fact]
    public async Task A_Database_That_Comes_Later_And_Is_Unsafe_Keeps_The_Portal_Unready_Until_It_Is_Mended()
    {
        await cluster.ExecuteAsync($"ALTER ROLE {EmbeddedRoles.Portal} SET synchronous_commit = off");
        await cluster.StopAsync();
        await using var portal = await PortalHost.StartAsync(unused, settings: cluster.Settings);
        using var client = portal.CreateClient();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);

        await cluster.RestartAsync();
        await Eventually.TrueAsync(() => portal.Logs.Lines.Any(line => line.StartsWith("Critical", StringComparison.Ordinal) && line.Contains("synchronous_commit", StringComparison.Ordinal)), s_limit);
        using var refused = await client.GetAsync("/health/ready");
        Assert.Equal("""{"status":"durability"}""", await refused.Content.ReadAsStringAsync());

        await cluster.ExecuteAsync($"ALTER ROLE {EmbeddedRoles.Portal} RESET synchronous_commit");
        await Eventually.TrueAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode, s_limit);
    }

    private async Task<string?> ProblemAsync(bool isDevelopment)
    {
        await using var source = NpgsqlDataSource.Create(cluster.PortalConnectionString + ";Pooling=false");
        return await CommitSafety.FindProblemAsync(source, isDevelopment, CancellationToken.None);
    }
}
