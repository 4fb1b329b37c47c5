using System.Text;
using RingPortal.Simulator.Ledger;

namespace RingPortal.Tests.Simulator;

public sealed class StrictnessTests : CloudTest
{
    [Theory]
    [InlineData("/v1/device")]
    [InlineData("/v1/users")]
    [InlineData("/v2/devices")]
    [InlineData("/nothing")]
    public async Task Unknown_Routes_Fail_Loudly(string path)
    {
        using var answer = await Partner.GetAsync(path, null);
        await PartnerCalls.AssertErrorAsync(answer, 403, "Forbidden");
        Assert.Equal(path, Assert.Single(Cloud.Calls.Loud()).Path);
    }

    [Theory]
    [InlineData("GET", "/oauth/token", "POST")]
    [InlineData("POST", "/v1/users/me", "GET")]
    [InlineData("POST", "/v1/devices", "GET")]
    public async Task Other_Methods_Are_Told_Which_One_Is_Right(string method, string path, string allow)
    {
        using var answer = await Partner.CallAsync(new HttpMethod(method), path, null);
        await PartnerCalls.AssertErrorAsync(answer, 405, "Method Not Allowed");
        Assert.Contains(allow, answer.Content.Headers.Allow);
        Assert.Single(Cloud.Calls.Loud());
    }

    [Theory]
    [InlineData("/v1/users/me?x=1")]
    [InlineData("/v1/devices?page=2")]
    [InlineData("/v1/devices?include=status,colour")]
    public async Task Unknown_Parameters_Fail_Loudly(string path)
    {
        var (access, _) = await Partner.LinkAsync("mara");
        using var answer = await Partner.GetAsync(path, access);
        await PartnerCalls.AssertErrorAsync(answer, 400, "Bad Request");
        Assert.Single(Cloud.Calls.Loud());
    }

    [Theory]
    [InlineData("/v1/users/me", 403)]
    [InlineData("/v1/devices", 401)]
    public async Task A_Refresh_Token_Or_No_Token_Opens_Nothing(string path, int expected)
    {
        var (access, refresh) = await Partner.LinkAsync("mara");
        foreach (var token in new[] { refresh, null, access + "x", "" })
        {
            using var answer = await Partner.GetAsync(path, token);
            Assert.Equal(expected, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task Only_Json_Is_Read_And_No_Unknown_Member()
    {
        var (access, _) = await Partner.InstallAsync("mara");
        using var typed = await SendAsync(access, "text/plain", "{}");
        await PartnerCalls.AssertErrorAsync(typed, 415, "Unsupported Media Type");
        using var broken = await SendAsync(access, "application/json", "{\"nonce\":");
        await PartnerCalls.AssertErrorAsync(broken, 400, "Bad Request");
        using var member = await SendAsync(access, "application/json", "{\"nonce\":\"x\",\"time\":\"1\"}");
        await PartnerCalls.AssertErrorAsync(member, 400, "Bad Request");
        using var twice = await SendAsync(access, "application/json", "{\"nonce\":\"x\",\"nonce\":\"y\"}");
        await PartnerCalls.AssertErrorAsync(twice, 400, "Bad Request");
        using var number = await SendAsync(access, "application/json", "{\"nonce\":1}");
        await PartnerCalls.AssertErrorAsync(number, 400, "Bad Request");
    }

    [Fact]
    public async Task An_Absent_Body_Misses_Its_Fields_And_A_Huge_One_Is_Too_Large()
    {
        var (access, _) = await Partner.InstallAsync("mara");
        using var absent = await Partner.CallAsync(HttpMethod.Post, PartnerCalls.Integrations, access);
        await PartnerCalls.AssertErrorAsync(absent, 400, "Missing Required Fields");
        using var huge = await SendAsync(access, "application/json", $"{{\"nonce\":\"{new string('x', 70_000)}\"}}");
        Assert.Equal(413, (int)huge.StatusCode);
        Assert.Equal(1, Cloud.Calls.Count(RingOperation.AppIntegrationsPost, status: 413));
    }

    [Fact]
    public async Task One_Way_Apps_Cannot_Unlink()
    {
        var (access, _) = await Partner.LinkAsync("mara");
        using var answer = await Partner.CallAsync(HttpMethod.Delete, PartnerCalls.Integrations, access);
        await PartnerCalls.AssertErrorAsync(answer, 403, "Forbidden");
    }

    [Fact]
    public async Task Nothing_Secret_Reaches_The_Ledger()
    {
        var (access, refresh) = await Partner.LinkAsync("mara");
        using var answer = await Partner.RefreshAsync(refresh);
        var log = string.Join('\n', Cloud.Calls.After().Select(call => call.ToString()));
        Assert.DoesNotContain(access, log, StringComparison.Ordinal);
        Assert.DoesNotContain(refresh, log, StringComparison.Ordinal);
        Assert.DoesNotContain(Options.ClientSecret, log, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string access, string type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, PartnerCalls.Integrations) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Authorization = new("Bearer", access);
        return await Partner.Http.SendAsync(request);
    }
}
