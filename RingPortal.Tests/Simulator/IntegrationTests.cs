using System.Net;
using System.Text.Json.Nodes;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Wire;

namespace RingPortal.Tests.Simulator;

public sealed class IntegrationTests : CloudTest
{
    [Fact]
    public async Task A_Link_Goes_From_Pending_Over_Awaiting_To_Completed()
    {
        var (access, _) = await Partner.InstallAsync("mara");
        Assert.Equal(IntegrationStatus.Pending, Cloud.Accounts.Integration("mara")!.Status);
        using var devices = await Partner.GetAsync("/v1/devices", access);
        await PartnerCalls.AssertErrorAsync(devices, 403, "Out of Scope Access");
        using var post = await Partner.PostNonceAsync(access, PartnerCalls.Nonce(Cloud.BeginLink("mara")));
        Assert.Equal("awaiting", (string?)(await PartnerCalls.JsonAsync(post))["status"]);
        using var patch = await Partner.PatchStatusAsync(access, "completed");
        var json = await PartnerCalls.JsonAsync(patch);
        Assert.Equal("completed", (string?)json["status"]);
        Assert.Equal("m***l@example.com", (string?)json["account_identifier"]);
        Assert.NotNull(json["updated_at"]);
    }

    [Fact]
    public async Task The_Other_Shape_Is_Selectable()
    {
        Cloud.Settings.AnswerShape = AnswerShape.JsonApi;
        var (access, _) = await Partner.InstallAsync("mara");
        using var post = await Partner.PostNonceAsync(access, PartnerCalls.Nonce(Cloud.BeginLink("mara")));
        Assert.Equal("awaiting", (string?)(await PartnerCalls.JsonAsync(post))["data"]!["attributes"]!["status"]);
    }

    [Theory]
    [InlineData(570, 200)]
    [InlineData(601, 400)]
    public async Task A_Nonce_Lives_Ten_Minutes(int seconds, int expected)
    {
        var (access, _) = await Partner.InstallAsync("mara");
        var nonce = PartnerCalls.Nonce(Cloud.BeginLink("mara", Cloud.Clock.GetUtcNow().AddSeconds(-seconds)));
        using var answer = await Partner.PostNonceAsync(access, nonce);
        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_Wrong_A_Used_And_A_Foreign_Nonce_Are_Refused()
    {
        var (access, _) = await Partner.InstallAsync("mara");
        using var wrong = await Partner.PostNonceAsync(access, new string('A', 43));
        await PartnerCalls.AssertErrorAsync(wrong, 400, "Invalid Nonce");
        using var foreign = await Partner.PostNonceAsync(access, PartnerCalls.Nonce(Cloud.BeginLink("devon")));
        await PartnerCalls.AssertErrorAsync(foreign, 400, "Invalid Nonce");
        var nonce = PartnerCalls.Nonce(Cloud.BeginLink("mara"));
        using var first = await Partner.PostNonceAsync(access, nonce);
        using var again = await Partner.PostNonceAsync(access, nonce);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await PartnerCalls.AssertErrorAsync(again, 400, "Invalid Nonce");
    }

    [Fact]
    public async Task Missing_And_Unmasked_Fields_Are_Refused()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        using var noNonce = await Partner.CallAsync(HttpMethod.Post, PartnerCalls.Integrations, access, []);
        await PartnerCalls.AssertErrorAsync(noNonce, 400, "Missing Required Fields");
        using var empty = await Partner.CallAsync(HttpMethod.Patch, PartnerCalls.Integrations, access, []);
        await PartnerCalls.AssertErrorAsync(empty, 400, "Missing Required Fields");
        using var open = await Partner.CallAsync(
            HttpMethod.Patch, PartnerCalls.Integrations, access, new JsonObject { ["account_identifier"] = "mara@example.com" });
        await PartnerCalls.AssertErrorAsync(open, 400, "Bad Request");
    }

    [Fact]
    public async Task Only_Allowed_Transitions_Happen()
    {
        var (access, _) = await Partner.InstallAsync("mara");
        using var early = await Partner.PatchStatusAsync(access, "completed");
        await PartnerCalls.AssertErrorAsync(early, 400, "Invalid Status Transition");
        using var post = await Partner.PostNonceAsync(access, PartnerCalls.Nonce(Cloud.BeginLink("mara")));
        using var odd = await Partner.PatchStatusAsync(access, "pending");
        await PartnerCalls.AssertErrorAsync(odd, 400, "Invalid Status Transition");
        using var done = await Partner.PatchStatusAsync(access, "completed");
        using var paused = await Partner.PatchStatusAsync(access, "awaiting");
        Assert.Equal(HttpStatusCode.OK, paused.StatusCode);
        Cloud.Settings.RefuseRepeatedCompleted = true;
        using var resumed = await Partner.PatchStatusAsync(access, "completed");
        using var repeated = await Partner.PatchStatusAsync(access, "completed");
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        await PartnerCalls.AssertErrorAsync(repeated, 400, "Invalid Status Transition");
    }

    [Fact]
    public async Task A_Removed_App_Has_No_Integration()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        Cloud.Uninstall("mara", sendEvent: false, revokeTokens: false);
        using var gone = await Partner.PatchStatusAsync(access, "completed");
        await PartnerCalls.AssertErrorAsync(gone, 404, "Not Found");
    }

    [Fact]
    public async Task A_Second_Installation_Stands_Beside_The_First()
    {
        var first = await Partner.LinkAsync("mara");
        var second = await Partner.InstallAsync("mara");
        using var old = await Partner.GetAsync("/v1/devices", first.Access);
        using var fresh = await Partner.GetAsync("/v1/devices", second.Access);
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, fresh.StatusCode);
    }
}
