using System.Text.Json;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RingClientTests(TestDatabase database) : RingTest(database), IClassFixture<TestDatabase>
{
    [Fact]
    public async Task The_User_Is_Asked_For_With_The_Token_And_Read()
    {
        Ring.Always(200, """
            {"data":{"type":"users","id":"ava1.ring.account.DEMOALPHA0001",
             "attributes":{"first_name":"Mara","last_name":"Quill","email":"mara.quill@example.com","phone_number":"+15550100"}}}
            """);

        var result = await Client.GetUserAsync("token-1", CancellationToken.None);

        Assert.Equal(new RingUser("ava1.ring.account.DEMOALPHA0001", "Mara", "Quill", "mara.quill@example.com"), result.Value);
        var call = Assert.Single(Ring.Calls);
        Assert.Equal("GET /v1/users/me", $"{call.Method} {call.Target}");
        Assert.Equal("Bearer token-1", call.Headers["Authorization"]);
        Assert.Equal("application/json", call.Headers["Accept"]);
        Assert.StartsWith("RingPortal/", call.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.False(call.Headers.ContainsKey("Cookie"));
    }

    [Theory]
    [InlineData("""{"data":{"attributes":{"first_name":"Mara"}}}""")]
    [InlineData("""{"data":{"id":null,"attributes":{"first_name":"Mara","email":null}}}""")]
    [InlineData("""{"data":{"id":7,"attributes":{"first_name":"Mara","email":["x"]}}}""")]
    public async Task A_User_Without_An_Id_Has_None(string body)
    {
        Ring.Always(200, body);

        Assert.Equal(new RingUser(null, "Mara", null, null), (await Client.GetUserAsync("token", CancellationToken.None)).Value);
    }

    [Fact]
    public async Task A_403_For_The_User_Means_A_Bad_Token()
    {
        Ring.Always(403);

        Assert.IsType<RingFailure.Unauthorized>((await Client.GetUserAsync("token", CancellationToken.None)).Failure);
    }

    [Theory]
    [InlineData(200, """{"status":"awaiting"}""", RingIntegrationStatus.Awaiting)]
    [InlineData(201, """{"data":{"type":"app-integrations","id":"x","attributes":{"status":"awaiting"}}}""", RingIntegrationStatus.Awaiting)]
    [InlineData(200, """{"account_identifier":"m","status":"completed","updated_at":"x"}""", RingIntegrationStatus.Completed)]
    [InlineData(200, """{"status":"paused"}""", RingIntegrationStatus.Unknown)]
    [InlineData(204, "", RingIntegrationStatus.Unknown)]
    public async Task A_Link_Is_Confirmed_In_Whatever_Shape_Ring_Answers(int status, string body, RingIntegrationStatus expected)
    {
        Ring.Answer = (http, _) => status == 204 ? NoContent(http) : http.AnswerAsync(status, body);

        var result = await Client.ConfirmLinkAsync("token-1", "m***l@example.com", "oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE", CancellationToken.None);

        Assert.True(result.IsSuccess);
        Assert.Equal(expected, result.Value);
        var call = Assert.Single(Ring.Calls);
        Assert.Equal("POST /v1/accounts/me/app-integrations", $"{call.Method} {call.Target}");
        Assert.Equal("application/json", call.Headers["Content-Type"]);
        Assert.Equal(
            """{"account_identifier":"m***l@example.com","nonce":"oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE"}""", call.Body);
    }

    [Theory]
    [InlineData(RingIntegrationStatus.Completed, "m***l@example.com", """{"status":"completed","account_identifier":"m***l@example.com"}""")]
    [InlineData(RingIntegrationStatus.Awaiting, null, """{"status":"awaiting"}""")]
    public async Task A_Link_Is_Completed_Or_Paused_By_Patch(RingIntegrationStatus status, string? identifier, string body)
    {
        Ring.Always(200, """{"status":"completed"}""");

        Assert.True((await Client.SetLinkStatusAsync("token", status, identifier, CancellationToken.None)).IsSuccess);
        var call = Assert.Single(Ring.Calls);
        Assert.Equal("PATCH /v1/accounts/me/app-integrations", $"{call.Method} {call.Target}");
        Assert.Equal("application/json", call.Headers["Content-Type"]);
        Assert.Equal(body, call.Body);
    }

    [Fact]
    public async Task The_Two_Refusals_That_Matter_To_Linking_Are_Known()
    {
        Ring.Always(400, """{"errors":[{"status":400,"title":"Invalid Nonce"}]}""");
        var nonce = (await Client.ConfirmLinkAsync("token", "m", "n", CancellationToken.None)).Failure as RingFailure.Refused;
        Ring.Always(400, """{"errors":[{"status":"400","title":"Invalid Status Transition","detail":"x"}]}""");
        var transition = (await Client.SetLinkStatusAsync("token", RingIntegrationStatus.Completed, "m", CancellationToken.None)).Failure as RingFailure.Refused;

        Assert.True(nonce is { IsInvalidNonce: true, IsInvalidTransition: false });
        Assert.True(transition is { IsInvalidNonce: false, IsInvalidTransition: true });
    }

    [Theory]
    [InlineData("ava1.ring.device.A", "/v1/devices/ava1.ring.device.A?")]
    [InlineData("a b?c#d%e", null)]
    [InlineData("a?c#d%e+f&g", "/v1/devices/a%3Fc%23d%25e%2Bf%26g?")]
    [InlineData("ünï", "/v1/devices/%C3%BCn%C3%AF?")]
    [InlineData("", null)]
    [InlineData(".", null)]
    [InlineData("..", null)]
    [InlineData("a/../b", null)]
    [InlineData("a\\b", null)]
    [InlineData("a\tb", null)]
    public async Task A_Device_Id_Stays_In_Its_Segment_Or_Is_Not_Asked_For(string id, string? target)
    {
        Ring.Always(200, """{"data":{"type":"devices","id":"x"}}""");

        var result = await Client.GetDeviceAsync("token", id, RingPriority.Interactive, CancellationToken.None);

        Assert.Equal(target is not null, result.IsSuccess);
        Assert.Equal(target is null ? 0 : 1, Ring.Calls.Count);
        Assert.All(Ring.Calls, call => Assert.StartsWith(target!, call.Target, StringComparison.Ordinal));
    }

    [Fact]
    public void Printed_Results_Show_No_Token_And_No_Personal_Data()
    {
        var tokens = new RingTokenSet("canary", "canary", TimeSpan.FromHours(4), "canary");
        var user = new RingUser("id", "canary", "canary", "canary@example.com");

        Assert.DoesNotContain("canary", $"{tokens} {user} {RingResult.Success(tokens)} {RingResult.Success(user)}", StringComparison.Ordinal);
    }

    [Fact]
    public void Capabilities_And_Configurations_Survive_Storing_As_Json()
    {
        var zone = new RingZone("z", [new(0, 0.25), new(1, 1), new(0.5, 0)]);
        var configurations = new RingConfigurations(RingSwitch.On, [zone], RingSwitch.Off, RingSwitch.Unknown, RingSwitch.On, RingSwitch.Off);
        var again = JsonSerializer.Deserialize<RingConfigurations>(JsonSerializer.Serialize(configurations))!;

        Assert.Equal(zone.Vertices, again.MotionZones.Single().Vertices);
        Assert.Equal(configurations with { MotionZones = again.MotionZones }, again);
    }

    private static Task NoContent(Microsoft.AspNetCore.Http.HttpContext http)
    {
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }
}
