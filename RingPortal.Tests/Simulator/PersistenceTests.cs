using System.Net;
using System.Net.Sockets;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Plans;

namespace RingPortal.Tests.Simulator;

public sealed class PersistenceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ring-cloud-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Accounts_Integrations_And_Tokens_Survive_A_Restart()
    {
        var options = Kept();
        string access, refresh;
        await using (var cloud = await RingCloud.StartAsync(options))
        {
            using var partner = new PartnerCalls(cloud, options);
            (access, refresh) = await partner.LinkAsync("mara");
            cloud.Accounts.SetOnline("mara", "ava1.ring.device.DEMOGARAGE04", true);
        }

        await using var again = await RingCloud.StartAsync(options);
        using var calls = new PartnerCalls(again, options);
        using var devices = await calls.GetAsync("/v1/devices", access);
        Assert.Equal(HttpStatusCode.OK, devices.StatusCode);
        using var refreshed = await calls.RefreshAsync(refresh);
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
        Assert.Equal(IntegrationStatus.Awaiting, again.Accounts.Integration("mara")!.Status);
        Assert.All(again.Accounts["mara"].Devices, device => Assert.True(device.Online));
    }

    [Fact]
    public async Task Plans_And_Revoked_Permissions_Survive_A_Restart()
    {
        RingPlan plan;
        await using (var cloud = await RingCloud.StartAsync(Kept()))
        {
            plan = cloud.Plans.Start("mara", PlanKind.Trial);
            cloud.Accounts.RemoveDevice("mara", "ava1.ring.device.DEMOGARAGE04", RemovalCause.PermissionRevoked);
        }

        await using var again = await RingCloud.StartAsync(Kept());
        var kept = Assert.Single(again.Plans.Of("mara"));
        Assert.Equal((plan.Id, PlanKind.Trial, true, plan.ExpiresAt), (kept.Id, kept.Kind, kept.Active, kept.ExpiresAt));
        Assert.Equal(plan.DeviceIds, kept.DeviceIds);
        Assert.False(again.Accounts["mara"].Devices.Single(device => device.Id == "ava1.ring.device.DEMOGARAGE04").Permitted);
    }

    [Fact]
    public async Task The_File_Holds_No_Secret_In_Clear()
    {
        var options = Kept();
        await using var cloud = await RingCloud.StartAsync(options);
        using var partner = new PartnerCalls(cloud, options);
        var (access, refresh) = await partner.LinkAsync("mara");
        var text = await File.ReadAllTextAsync(Path.Combine(folder, "ring.json"));
        Assert.DoesNotContain(access, text, StringComparison.Ordinal);
        Assert.DoesNotContain(refresh, text, StringComparison.Ordinal);
        Assert.DoesNotContain(options.ClientSecret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Unreadable_File_Stops_The_Start_With_A_Sentence()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "ring.json"), "{ half");
        var wrong = await Assert.ThrowsAsync<InvalidDataException>(() => RingCloud.StartAsync(Kept()));
        Assert.Contains("start afresh", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_Wrong_Setting_Is_Named_At_Once()
    {
        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => RingCloud.StartAsync(new() { Urls = "nowhere", Webhook = "hook", HmacKey = " " }));
        foreach (var key in new[] { "Simulator:Urls", "Simulator:Webhook", "Simulator:HmacKey" })
            Assert.Contains(key, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Taken_Port_Is_One_Sentence_And_Exit_Code_One()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var errors = new StringWriter();
        var code = await RingCloudHost.RunAsync([$"--Simulator:Urls=http://127.0.0.1:{port}"], errors);
        Assert.Equal(1, code);
        Assert.Single(errors.ToString().TrimEnd().Split('\n'));
        Assert.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture), errors.ToString(), StringComparison.Ordinal);
    }

    private RingCloudOptions Kept()
    {
        var options = RingCloudOptions.ForTests();
        options.DataPath = folder;
        return options;
    }
}
