using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Hosting.StartUp;

/// <summary>The built portal, started wrongly as an operator might: one readable answer, no stack trace, a code that tells.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class FailedStartTests(TestDatabase database) : IClassFixture<TestDatabase>, IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_Taken_Port_Is_Named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");

        var errors = await FailAsync(new()
        {
            ["ASPNETCORE_URLS"] = url,
            ["ConnectionStrings__Portal"] = database.AppConnectionString,
            ["ConnectionStrings__Migrator"] = database.MigratorConnectionString,
        });

        Assert.Contains(url, errors, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_URLS", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_Wrong_Settings_Are_Named_At_Once()
    {
        var errors = await FailAsync(new()
        {
            ["ConnectionStrings__Portal"] = database.AppConnectionString,
            ["ConnectionStrings__Migrator"] = database.MigratorConnectionString,
            ["Portal__AppName"] = "Best Ring Portal",
            ["Network__KnownProxies"] = "everybody",
        });

        Assert.Contains("Portal__AppName", errors, StringComparison.Ordinal);
        Assert.Contains("Network__KnownProxies", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_Programs_Of_PostgreSQL_Are_Told_With_The_Step_That_Brings_Them()
    {
        var errors = await FailAsync(new() { ["Embedded__BinDir"] = _folder.Path });

        Assert.Contains("apt-get install postgresql", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Data_Folder_In_Use_Is_Refused()
    {
        await using var other = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { Root = _folder.Inside("data/postgres"), Fast = true }, CancellationToken.None);

        var errors = await FailAsync([]);

        Assert.Contains("in use by another portal", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Database_That_Nobody_Serves_Is_Told()
    {
        var errors = await FailAsync(new() { ["ConnectionStrings__Portal"] = "Host=127.0.0.1;Port=9;Username=portal;Password=s3cret-canary;Database=portal;Timeout=2" });

        Assert.Contains("ConnectionStrings__Portal", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-canary", errors, StringComparison.Ordinal);
    }

    private async Task<string> FailAsync(Dictionary<string, string> settings)
    {
        var all = PortalEnvironment.For(new Uri($"http://127.0.0.1:{FreePort.Take().ToString(CultureInfo.InvariantCulture)}"), _folder);
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        await using var portal = PortalProcess.Start(all);
        var code = await portal.ExitAsync(s_limit);

        Assert.Equal(1, code);
        Assert.StartsWith("RingPortal could not start.", portal.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", portal.Errors + portal.Output, StringComparison.Ordinal);
        return portal.Errors;
    }
}
