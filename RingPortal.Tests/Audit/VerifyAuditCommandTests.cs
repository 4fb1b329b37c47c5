using RingPortal.Tests.Hosting.StartUp;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Audit;

/// <summary>The command as an operator runs it, in a process of its own.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class VerifyAuditCommandTests
{
    [Fact]
    public async Task The_Exit_Code_Tells_Whole_Broken_And_Cut_Off()
    {
        await using var world = await AuditWorld.CreateAsync();
        using var folder = new TestFolder();
        await world.WriteAsync(10);
        await world.SealUntilAsync(10);
        var settings = PortalEnvironment.For(new Uri("http://127.0.0.1:9/"), folder);
        settings["ConnectionStrings__Portal"] = world.Database.AppConnectionString;
        settings["ConnectionStrings__Migrator"] = world.Database.MigratorConnectionString;
        settings["Audit__SealKeys__0"] = world.Key;
        var seen = world.Anchor.Newest!;

        var (code, output) = await RunAsync(settings, seen.ToString());
        Assert.Equal(0, code);
        Assert.Contains("The audit trail is whole: 10 records", output, StringComparison.Ordinal);
        Assert.Contains(seen.ToString(), output, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync(settings, "nonsense")).Code);

        await world.TamperAsync("UPDATE audit_records SET reason = 'another' WHERE id = 3");
        (code, output) = await RunAsync(settings);
        Assert.Equal(2, code);
        Assert.Contains("Record 3 is not what was sealed.", output, StringComparison.Ordinal);
        await world.TamperAsync("DELETE FROM audit_records; DELETE FROM audit_seals");
        Assert.Equal(0, (await RunAsync(settings)).Code);
        Assert.Equal(2, (await RunAsync(settings, seen.ToString())).Code);
    }

    private static async Task<(int Code, string Output)> RunAsync(Dictionary<string, string> settings, params string[] arguments)
    {
        await using var process = PortalProcess.Start(settings, null, null, ["verify-audit", .. arguments]);
        var code = await process.ExitAsync(TimeSpan.FromSeconds(60));
        return (code, process.Output);
    }
}
