using System.Net;
using System.Text.Json.Nodes;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Tests.Simulator;

public sealed class LiveSessionTests : CloudTest
{
    private const string FrontDoor = "ava1.ring.device.DEMOFRONTDOOR01";
    private const string Backyard = "ava1.ring.device.DEMOBACKYARD02";

    [Fact]
    public async Task A_Session_Is_Ended_Once()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        var session = Cloud.Sessions.Open("mara", FrontDoor);
        Assert.StartsWith($"{Cloud.BaseAddress}v1/devices/{FrontDoor}/media/streaming/whep/sessions/", session.Location.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal((204, 404), (await DeleteAsync(session.Location, access), await DeleteAsync(session.Location, access)));
        Assert.Empty(Cloud.Sessions.Opened);
        Assert.Equal(1, Cloud.Calls.Count(RingOperation.LiveSessionDelete, "mara", 204));
    }

    [Fact]
    public async Task A_Dead_Token_A_Foreign_Account_And_Another_Device_End_Nothing()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        var (foreign, _) = await Partner.LinkAsync("devon");
        var session = Cloud.Sessions.Open("mara", FrontDoor);
        var elsewhere = new Uri(session.Location.AbsoluteUri.Replace(FrontDoor, Backyard, StringComparison.Ordinal));
        Assert.Equal((404, 404), (await DeleteAsync(session.Location, foreign), await DeleteAsync(elsewhere, access)));
        Cloud.RevokeTokens("mara");
        Assert.Equal((401, 401), (await DeleteAsync(session.Location, access), await DeleteAsync(session.Location, null)));
        Assert.Single(Cloud.Sessions.Opened);
    }

    [Theory]
    [InlineData(FrontDoor, 50, 204)]
    [InlineData(FrontDoor, 61, 404)]
    [InlineData(Backyard, 20, 204)]
    [InlineData(Backyard, 31, 404)]
    public async Task Ring_Ends_Sessions_By_Itself(string device, int seconds, int expected)
    {
        var (access, _) = await Partner.LinkAsync("mara");
        var session = Cloud.Sessions.Open("mara", device);
        Cloud.Clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(expected == 204, Cloud.Sessions.Opened.Count == 1);
        Assert.Equal(expected, await DeleteAsync(session.Location, access));
    }

    [Fact]
    public async Task A_Removed_Device_Has_No_Sessions()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        var session = Cloud.Sessions.Open("mara", FrontDoor);
        Cloud.Accounts.RemoveDevice("mara", FrontDoor, RemovalCause.PermissionRevoked);
        Assert.Equal(404, await DeleteAsync(session.Location, access));
        Assert.Empty(Cloud.Sessions.Opened);
        Assert.Throws<KeyNotFoundException>(() => Cloud.Sessions.Open("mara", FrontDoor));
    }

    [Fact]
    public async Task A_Proof_Opens_And_Lists_Sessions_Over_Http()
    {
        using var opened = await Partner.Http.PostAsync($"/control/accounts/mara/devices/{FrontDoor}/sessions", null);
        Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        var session = Assert.Single(Cloud.Sessions.Opened);
        Assert.Equal(session.Location, opened.Headers.Location);
        Assert.Equal(session.Location.AbsoluteUri, (string?)(await PartnerCalls.JsonAsync(opened))["location"]);
        Assert.Equal(session.Id, (string?)JsonNode.Parse(await Partner.Http.GetStringAsync("/control/sessions"))![0]!["id"]);
        using var unknown = await Partner.Http.PostAsync("/control/accounts/mara/devices/none/sessions", null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private async Task<int> DeleteAsync(Uri location, string? token)
    {
        using var answer = await Partner.CallAsync(HttpMethod.Delete, location.AbsoluteUri, token);
        return (int)answer.StatusCode;
    }
}
