using System.Net;
using RingPortal.Simulator.Accounts;

namespace RingPortal.Tests.Simulator;

public sealed class DeviceTests : CloudTest
{
    private const string FrontDoor = "ava1.ring.device.DEMOFRONTDOOR01";

    [Fact]
    public async Task Users_Me_Names_The_Account_And_Leaves_Out_What_It_Does_Not_Know()
    {
        var (access, _) = await Partner.InstallAsync("tomas");
        using var answer = await Partner.GetAsync("/v1/users/me", access);
        var data = (await PartnerCalls.JsonAsync(answer))["data"]!;
        Assert.Equal("ava1.ring.account.DEMODELTA0004", (string?)data["id"]);
        Assert.Equal("Tomas", (string?)data["attributes"]!["first_name"]);
        Assert.False(data["attributes"]!.AsObject().ContainsKey("phone_number"));
    }

    [Fact]
    public async Task The_List_Includes_What_Is_Asked_For_And_Joins_By_Type_And_Id()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        using var answer = await Partner.GetAsync("/v1/devices?include=status,capabilities,location,configurations", access);
        var json = await PartnerCalls.JsonAsync(answer);
        Assert.Equal(4, json["data"]!.AsArray().Count);
        var included = json["included"]!.AsArray().Select(one => ((string?)one!["type"], (string?)one["id"])).ToHashSet();
        foreach (var device in json["data"]!.AsArray())
        {
            foreach (var (_, relation) in device!["relationships"]!.AsObject())
                Assert.Contains(((string?)relation!["data"]!["type"], (string?)relation["data"]!["id"]), included);
        }
    }

    [Fact]
    public async Task Sub_Resources_Have_The_Documented_Shape()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        Assert.True((bool)(await AttributesAsync(access, "status"))["online"]!);
        Assert.Equal(1536, (int)(await AttributesAsync(access, "capabilities"))["video"]!["max_resolution"]!);
        Assert.Equal("US", (string?)(await AttributesAsync(access, "location"))["country"]);
        var zone = (await AttributesAsync(access, "configurations"))["motion_detection"]!["motion_zones"]![0]!;
        Assert.Equal(0.25, (double)zone["vertices"]![0]!["y"]!);
    }

    [Fact]
    public async Task Devices_That_Are_Not_Shared_Or_Foreign_Do_Not_Exist()
    {
        var (access, _) = await Partner.LinkAsync("devon");
        using var foreign = await Partner.GetAsync($"/v1/devices/{FrontDoor}", access);
        await PartnerCalls.AssertErrorAsync(foreign, 404, "Not Found");
        Cloud.Accounts.Share("devon", []);
        using var list = await Partner.GetAsync("/v1/devices", access);
        Assert.Empty((await PartnerCalls.JsonAsync(list))["data"]!.AsArray());
    }

    [Fact]
    public async Task Added_Accounts_Are_Real_Accounts()
    {
        Cloud.Accounts.Put(new RingAccount { Key = "lee", AccountId = "ava1.ring.account.LEE", FirstName = "Lee", LastName = "Moss" });
        var (access, _) = await Partner.LinkAsync("lee");
        using var list = await Partner.GetAsync("/v1/devices", access);
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
    }

    private async Task<System.Text.Json.Nodes.JsonNode> AttributesAsync(string access, string part)
    {
        using var answer = await Partner.GetAsync($"/v1/devices/{FrontDoor}/{part}", access);
        return (await PartnerCalls.JsonAsync(answer))["data"]!["attributes"]!;
    }
}
