using System.Net;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Events;

namespace RingPortal.Tests.Simulator;

public sealed class DeviceStateTests : PartnerTest
{
    [Theory]
    [InlineData(RemovalCause.TakenOut, true)]
    [InlineData(RemovalCause.DeletedAtRing, false)]
    [InlineData(RemovalCause.PermissionRevoked, true)]
    public async Task Each_Cause_Of_A_Removal_Is_Told_Alike_And_The_Device_Answers_404(RemovalCause cause, bool stays)
    {
        using var calls = new PartnerCalls(Cloud, Options);
        var (access, _) = await calls.LinkAsync("mara");
        Cloud.Accounts.RemoveDevice("mara", FrontDoor, cause);
        Assert.Equal(["device_removed"], await TypesAsync());
        foreach (var path in new[] { "", "/status", "/capabilities", "/location", "/configurations" })
        {
            using var answer = await calls.GetAsync($"/v1/devices/{FrontDoor}{path}", access);
            await PartnerCalls.AssertErrorAsync(answer, 404, "Not Found");
        }

        using var list = await calls.GetAsync("/v1/devices", access);
        Assert.DoesNotContain(FrontDoor, await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(stays, Cloud.Accounts["mara"].Devices.Any(device => device.Id == FrontDoor));
    }

    [Fact]
    public async Task A_Second_Removal_Of_The_Same_Device_Is_No_News()
    {
        await InstallAsync("mara");
        Cloud.Accounts.RemoveDevice("mara", FrontDoor, RemovalCause.PermissionRevoked);
        Cloud.Accounts.RemoveDevice("mara", FrontDoor, RemovalCause.TakenOut);
        Cloud.Accounts.RemoveDevice("mara", FrontDoor, RemovalCause.DeletedAtRing);
        Assert.Equal(["device_removed"], await TypesAsync());
    }

    [Fact]
    public async Task A_Device_That_Comes_Back_Is_Told_And_Served()
    {
        using var calls = new PartnerCalls(Cloud, Options);
        var (access, _) = await calls.LinkAsync("mara");
        Cloud.Accounts.RemoveDevice("mara", FrontDoor, RemovalCause.PermissionRevoked);
        Cloud.Accounts.ReturnDevice("mara", FrontDoor);
        var gone = Cloud.Accounts["mara"].Devices.Single(device => device.Id == Backyard);
        Cloud.Accounts.RemoveDevice("mara", Backyard, RemovalCause.DeletedAtRing);
        Cloud.Accounts.AddDevice("mara", gone);
        Assert.Equal(["device_added", "device_added", "device_removed", "device_removed"], (await TypesAsync()).Order());
        using var answer = await calls.GetAsync($"/v1/devices/{Backyard}", access);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_Status_Is_Served_And_Told_With_Times_One_After_Another()
    {
        using var calls = new PartnerCalls(Cloud, Options);
        var (access, _) = await calls.LinkAsync("mara");
        Cloud.Accounts.SetOnline("mara", FrontDoor, true);
        Cloud.Accounts.SetOnline("mara", FrontDoor, false);
        Cloud.Accounts.SetOnline("mara", FrontDoor, true);
        Cloud.Accounts.SetOnline("mara", FrontDoor, false);
        await Cloud.WhenEventsDeliveredAsync();
        var inTime = Events.Select(call => call.Json["data"]!).OrderBy(data => (long)data["attributes"]!["timestamp"]!).Select(data => (string)data["type"]!);
        Assert.Equal([RingEventTypes.DeviceOffline, RingEventTypes.DeviceOnline, RingEventTypes.DeviceOffline], inTime);
        using var status = await calls.GetAsync($"/v1/devices/{FrontDoor}/status", access);
        Assert.False((bool)(await PartnerCalls.JsonAsync(status))["data"]!["attributes"]!["online"]!);
    }

    [Fact]
    public async Task Nothing_Is_Told_While_The_App_Is_Not_Installed_Or_The_Device_Not_Shared()
    {
        Cloud.Accounts.SetOnline("mara", FrontDoor, false);
        Cloud.Accounts.RemoveDevice("mara", FrontDoor, RemovalCause.TakenOut);
        await InstallAsync("mara");
        Cloud.Accounts.SetOnline("mara", FrontDoor, true);
        Assert.Empty(await TypesAsync());
    }

    [Fact]
    public async Task Installing_Again_Permits_What_Is_Shared()
    {
        await InstallAsync("mara");
        Cloud.Accounts.RemoveDevice("mara", FrontDoor, RemovalCause.PermissionRevoked);
        await InstallAsync("mara");
        Assert.True(Cloud.Accounts["mara"].Devices.Single(device => device.Id == FrontDoor).Permitted);
    }
}
