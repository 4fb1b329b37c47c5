using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Tests.Simulator;

public sealed class ControlTests : CloudTest
{
    [Fact]
    public async Task A_Proof_Installs_Signs_In_Counts_And_Removes_Over_Http()
    {
        using var install = await Partner.Http.PostAsJsonAsync("/control/accounts/mara/install", new { withoutExchange = true, withoutEvents = true });
        var code = (string)(await PartnerCalls.JsonAsync(install))["code"]!;
        using var redeem = await Partner.RedeemAsync(code);
        var (access, _) = await PartnerCalls.PairAsync(redeem);
        using var signIn = await Partner.Http.PostAsync("/control/accounts/mara/sign-in", null);
        var nonce = PartnerCalls.Nonce(new Uri((string)(await PartnerCalls.JsonAsync(signIn))["url"]!));
        using var post = await Partner.PostNonceAsync(access, nonce);
        Assert.Equal(HttpStatusCode.OK, post.StatusCode);
        Assert.Equal("1", await Partner.Http.GetStringAsync("/control/calls/count?operation=AppIntegrationsPost&account=mara"));
        using var remove = await Partner.Http.PostAsync("/control/accounts/mara/remove?sendEvent=false", null);
        Assert.Equal(IntegrationStatus.Removed, Cloud.Accounts.Integration("mara")!.Status);
    }

    [Fact]
    public async Task A_Proof_Plans_Faults_And_Moves_The_Clock()
    {
        using var add = await Partner.Http.PostAsJsonAsync("/control/faults", new { operation = "UsersMe", kind = "Answer", status = 503, times = 2 });
        Assert.Equal(RingOperation.UsersMe, Assert.Single(Cloud.Faults.Planned).Operation);
        using var clear = await Partner.Http.DeleteAsync("/control/faults");
        Assert.Empty(Cloud.Faults.Planned);
        using var clock = await Partner.Http.PutAsync("/control/clock/-30.5", null);
        Assert.Equal(TimeSpan.FromSeconds(-30.5), Cloud.Clock.Offset);
        using var portal = await Partner.Http.PutAsJsonAsync("/control/portal", "http://127.0.0.1:5180");
        Assert.Equal(new Uri("http://127.0.0.1:5180"), Cloud.Settings.PortalUrl);
    }

    [Fact]
    public async Task A_Proof_Adds_Accounts()
    {
        using var put = await Partner.Http.PutAsJsonAsync("/control/accounts/u1", new JsonObject
        {
            ["key"] = "u1",
            ["accountId"] = "ava1.ring.account.U1",
            ["firstName"] = "Ada",
            ["lastName"] = "Vale",
            ["devices"] = new JsonArray(new JsonObject { ["id"] = "ava1.ring.device.U1D1", ["name"] = "Gate", ["model"] = "Doorbell" }),
        });
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal("Gate", Assert.Single(Cloud.Accounts["u1"].Devices).Name);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("{\"operation\":\"Nothing\",\"kind\":\"Answer\"}")]
    public async Task A_Wrong_Control_Body_Is_Told_So(string body)
    {
        using var content = new StringContent(body, null, "application/json");
        using var answer = await Partner.Http.PostAsync("/control/faults", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsStringAsync());
    }
}
