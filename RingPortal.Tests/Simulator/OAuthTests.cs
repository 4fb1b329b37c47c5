using System.Net;
using System.Text;
using RingPortal.Simulator.OAuth;

namespace RingPortal.Tests.Simulator;

public sealed class OAuthTests : CloudTest
{
    [Fact]
    public async Task A_Code_Gives_A_Pair_With_The_Documented_Members()
    {
        var installed = await InstallAsync();
        using var answer = await Partner.RedeemAsync(installed);
        var json = await PartnerCalls.JsonAsync(answer);
        Assert.Equal(14_400, (int)json["expires_in"]!);
        Assert.Equal("Bearer", (string?)json["token_type"]);
        Assert.NotEmpty((string)json["scope"]!);
    }

    [Fact]
    public async Task A_Code_Works_Once()
    {
        var code = await InstallAsync();
        using var first = await Partner.RedeemAsync(code);
        using var second = await Partner.RedeemAsync(code);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await AssertRefusedAsync(second, 400, "invalid_grant");
    }

    [Fact]
    public async Task Many_Redeem_A_Code_At_Once_And_One_Wins()
    {
        var code = await InstallAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Partner.RedeemAsync(code)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(30, 200)]
    [InlineData(61, 400)]
    public async Task A_Code_Lives_A_Minute(int seconds, int expected)
    {
        var code = await InstallAsync();
        Cloud.Clock.Advance(TimeSpan.FromSeconds(seconds));
        using var answer = await Partner.RedeemAsync(code);
        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("wrong", null)]
    [InlineData(null, "wrong")]
    [InlineData("RINGPORTAL-DEV-CLIENT", null)]
    public async Task A_Wrong_Client_Is_Refused_And_The_Code_Stays_Good(string? id, string? secret)
    {
        var code = await InstallAsync();
        using var refused = await Partner.TokenAsync(
            ("grant_type", "authorization_code"), ("client_id", id ?? Options.ClientId), ("client_secret", secret ?? Options.ClientSecret), ("code", code));
        await AssertRefusedAsync(refused, 401, "invalid_client");
        using var good = await Partner.RedeemAsync(code);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Theory]
    [InlineData("application/json", 415)]
    [InlineData("text/plain", 415)]
    [InlineData(null, 400)]
    public async Task Only_A_Form_Is_Read(string? type, int expected)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}"));
        if (type is not null)
            content.Headers.ContentType = new(type);

        using var answer = await Partner.Http.PostAsync("/oauth/token", content);
        await AssertRefusedAsync(answer, expected, "invalid_request");
        Assert.Single(Cloud.Calls.Loud());
    }

    [Fact]
    public async Task An_Unknown_Grant_And_An_Unknown_Field_Are_Refused()
    {
        using var grant = await Partner.TokenAsync(
            ("grant_type", "password"), ("client_id", Options.ClientId), ("client_secret", Options.ClientSecret));
        await AssertRefusedAsync(grant, 400, "unsupported_grant_type");
        using var field = await Partner.TokenAsync(("grant_type", "authorization_code"), ("redirect_uri", "http://localhost"));
        await AssertRefusedAsync(field, 400, "invalid_request");
    }

    [Fact]
    public async Task A_Refresh_Token_Is_Replaced_And_The_Old_One_Is_Dead()
    {
        var old = await Partner.InstallAsync("mara");
        using var answer = await Partner.RefreshAsync(old.Refresh);
        var fresh = await PartnerCalls.PairAsync(answer);
        Assert.NotEqual(old.Refresh, fresh.Refresh);
        using var again = await Partner.RefreshAsync(old.Refresh);
        await AssertRefusedAsync(again, 400, "invalid_grant");
        using var me = await Partner.GetAsync("/v1/users/me", old.Access);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
    }

    [Fact]
    public async Task In_Grace_Mode_The_Old_One_Works_Until_The_New_Pair_Is_Used()
    {
        Cloud.Settings.Rotation = RotationMode.Grace;
        var old = await Partner.InstallAsync("mara");
        using var lost = await Partner.RefreshAsync(old.Refresh);
        using var asked = await Partner.RefreshAsync(old.Refresh);
        var fresh = await PartnerCalls.PairAsync(asked);
        using var use = await Partner.GetAsync("/v1/users/me", fresh.Access);
        using var late = await Partner.RefreshAsync(old.Refresh);
        await AssertRefusedAsync(late, 400, "invalid_grant");
    }

    [Fact]
    public async Task Without_Rotation_The_Refresh_Token_Stays()
    {
        Cloud.Settings.Rotation = RotationMode.None;
        var pair = await Partner.InstallAsync("mara");
        using var first = await Partner.RefreshAsync(pair.Refresh);
        using var second = await Partner.RefreshAsync(pair.Refresh);
        Assert.Equal(pair.Refresh, (await PartnerCalls.PairAsync(first)).Refresh);
        Assert.Equal(pair.Refresh, (await PartnerCalls.PairAsync(second)).Refresh);
    }

    [Fact]
    public async Task Tokens_Run_Out()
    {
        var pair = await Partner.InstallAsync("mara");
        Cloud.Clock.Advance(TimeSpan.FromSeconds(14_401));
        using var me = await Partner.GetAsync("/v1/users/me", pair.Access);
        Assert.Equal(HttpStatusCode.Forbidden, me.StatusCode);
        Cloud.Clock.Advance(TimeSpan.FromDays(30));
        using var refresh = await Partner.RefreshAsync(pair.Refresh);
        await AssertRefusedAsync(refresh, 400, "invalid_grant");
    }

    [Fact]
    public async Task Revoked_Tokens_Are_Dead_And_Other_Accounts_Live()
    {
        var mara = await Partner.LinkAsync("mara");
        var devon = await Partner.LinkAsync("devon");
        Assert.Equal(1, Cloud.RevokeTokens("mara"));
        using var devices = await Partner.GetAsync("/v1/devices", mara.Access);
        await PartnerCalls.AssertErrorAsync(devices, 401, "Invalid Client");
        using var refresh = await Partner.RefreshAsync(mara.Refresh);
        await AssertRefusedAsync(refresh, 400, "invalid_grant");
        using var other = await Partner.GetAsync("/v1/devices", devon.Access);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    private async Task<string> InstallAsync() =>
        (await Cloud.InstallAsync("mara", new() { WithoutEvents = true, WithoutExchange = true })).Code;

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, int status, string error)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(error, (string?)(await PartnerCalls.JsonAsync(answer))["error"]);
    }
}
