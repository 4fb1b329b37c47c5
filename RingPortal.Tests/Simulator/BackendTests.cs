using System.Text.Json.Nodes;
using System.Web;
using RingPortal.Simulator.Backend;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Signing;

namespace RingPortal.Tests.Simulator;

public sealed class BackendTests : IAsyncLifetime
{
    private readonly RingCloudOptions options = RingCloudOptions.ForTests();
    private TinyPartner partner = null!;
    private RingCloud cloud = null!;

    public async Task InitializeAsync()
    {
        partner = await TinyPartner.StartAsync();
        cloud = await RingCloud.StartAsync(options);
        cloud.Settings.PortalUrl = partner.Address;
    }

    public async Task DisposeAsync()
    {
        await cloud.DisposeAsync();
        await partner.DisposeAsync();
    }

    [Theory]
    [InlineData(BodyVariant.V1Form, "application/x-www-form-urlencoded", "code={0}", "")]
    [InlineData(BodyVariant.V2FormCharset, "Application/X-WWW-Form-URLEncoded; charset=UTF-8", "code={0}", "")]
    [InlineData(BodyVariant.V3FormUntyped, null, "code={0}", "")]
    [InlineData(BodyVariant.V4JsonUntyped, null, "{{\"code\":\"{0}\"}}", "")]
    [InlineData(BodyVariant.V5Json, "application/json", "{{\"code\":\"{0}\"}}", "")]
    [InlineData(BodyVariant.V7FormOtherName, "application/x-www-form-urlencoded", "authorization_code={0}", "")]
    [InlineData(BodyVariant.V7JsonOtherName, "application/json", "{{\"authorization_code\":\"{0}\"}}", "")]
    [InlineData(BodyVariant.V8Query, null, "", "?code={0}")]
    public async Task The_Code_Is_Sent_In_The_Chosen_Shape(BodyVariant variant, string? type, string body, string query)
    {
        var installed = await cloud.InstallAsync("tomas", new() { BodyVariant = variant });
        var call = Assert.Single(partner.To("/ring/token"));
        Assert.Equal(("POST", type), (call.Method, call.ContentType));
        Assert.Equal(Filled(body, installed.Code), call.Text);
        Assert.Equal(Filled(query, installed.Code), call.Query);
        Assert.Equal(200, installed.ExchangeStatus);
    }

    [Theory]
    [InlineData(BodyVariant.V6JsonGrant, "grant_type")]
    [InlineData(BodyVariant.V9Extra, "scope")]
    [InlineData(BodyVariant.V10Verifier, "code_verifier")]
    public async Task Shapes_With_More_Fields_Carry_Them(BodyVariant variant, string field)
    {
        var installed = await cloud.InstallAsync("tomas", new() { BodyVariant = variant });
        var call = Assert.Single(partner.To("/ring/token"));
        Assert.Contains(field, call.Text, StringComparison.Ordinal);
        Assert.Contains(installed.Code, call.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Code_With_A_Verifier_Is_Redeemed_With_It_Only()
    {
        var installed = await cloud.InstallAsync("mara", new() { BodyVariant = BodyVariant.V10Verifier, WithoutEvents = true });
        using var calls = new PartnerCalls(cloud, options);
        using var bare = await calls.RedeemAsync(installed.Code);
        Assert.Equal(400, (int)bare.StatusCode);
        using var good = await calls.TokenAsync(
            ("grant_type", "authorization_code"), ("client_id", options.ClientId), ("client_secret", options.ClientSecret), ("code", installed.Code), ("code_verifier", installed.CodeVerifier!));
        Assert.Equal(200, (int)good.StatusCode);
    }

    [Fact]
    public async Task Each_Shared_Device_Is_Announced_Signed_And_In_The_Documented_Form()
    {
        await cloud.InstallAsync("mara", new() { ShareDevices = ["ava1.ring.device.DEMOFRONTDOOR01", "ava1.ring.device.DEMODRIVEWAY03"] });
        await cloud.WhenEventsDeliveredAsync();
        var events = partner.To("/ring/webhook");
        Assert.Equal(2, events.Count);
        foreach (var call in events)
        {
            Assert.Equal(WebhookSignature.Compute(options.HmacKey, call.Body), call.Signature);
            Assert.Equal("application/json", call.ContentType);
            AssertDeviceAdded(JsonNode.Parse(call.Body)!);
        }
    }

    [Theory]
    [InlineData(DeviceOrder.AfterExchange, "/ring/token")]
    [InlineData(DeviceOrder.BeforeExchange, "/ring/webhook")]
    public async Task Both_Orders_Of_Code_And_Devices_Happen(DeviceOrder order, string first)
    {
        await cloud.InstallAsync("devon", new() { DeviceOrder = order });
        await cloud.WhenEventsDeliveredAsync();
        Assert.Equal(3, partner.Calls.Count);
        Assert.Equal(first, partner.Calls[0].Path);
        Assert.NotEqual(first, partner.Calls[^1].Path);
    }

    [Fact]
    public async Task Events_Are_Tried_Again_After_5xx_And_Never_After_4xx()
    {
        partner.Answer(503, 500, 200, 401);
        cloud.Uninstall("mara");
        await cloud.WhenEventsDeliveredAsync();
        Assert.Equal(3, partner.Calls.Count);
        Assert.Single(partner.Calls.Select(call => call.Text).Distinct());
        cloud.Uninstall("devon");
        await cloud.WhenEventsDeliveredAsync();
        Assert.Equal(4, partner.Calls.Count);
        Assert.Equal(1, cloud.Calls.Count(RingOperation.Webhook, "devon", 401));
    }

    [Fact]
    public async Task An_Absent_Partner_Is_Recorded_As_No_Answer()
    {
        cloud.Settings.PortalUrl = new Uri("http://127.0.0.1:9");
        var installed = await cloud.InstallAsync("tomas");
        Assert.Equal(0, installed.ExchangeStatus);
        Assert.Equal(1, cloud.Calls.Count(RingOperation.TokenExchange, "tomas", 0));
    }

    [Fact]
    public async Task Completion_Is_Announced_Once()
    {
        using var calls = new PartnerCalls(cloud, options);
        var (access, _) = await calls.LinkAsync("mara");
        using var first = await calls.PatchStatusAsync(access, "completed");
        using var second = await calls.PatchStatusAsync(access, "completed");
        await cloud.WhenEventsDeliveredAsync();
        var json = JsonNode.Parse(Assert.Single(partner.To("/ring/webhook")).Body)!;
        Assert.Equal("app_integration_added", (string?)json["data"]!["type"]);
        Assert.Equal("users", (string?)json["data"]!["attributes"]!["source_type"]);
        Assert.Null(json["data"]!["relationships"]);
    }

    [Fact]
    public async Task Sharing_And_Going_Offline_Are_Told_While_Installed()
    {
        await cloud.InstallAsync("devon", new() { WithoutEvents = true });
        cloud.Accounts.Share("devon", ["ava1.ring.device.DEMOPORCH05"]);
        cloud.Accounts.SetOnline("devon", "ava1.ring.device.DEMOPORCH05", false);
        await cloud.WhenEventsDeliveredAsync();
        var types = partner.To("/ring/webhook").Select(call => (string)JsonNode.Parse(call.Body)!["data"]!["type"]!).Order();
        Assert.Equal(["device_offline", "device_removed"], types);
    }

    [Fact]
    public void Sign_In_Leads_To_The_Account_Link_Url_With_Its_Own_Nonce()
    {
        var address = cloud.BeginLink("mara");
        var query = HttpUtility.ParseQueryString(address.Query);
        Assert.Equal("/ring/link", address.AbsolutePath);
        Assert.Equal(LinkNonce.Compute(options.HmacKey, query["time"]!, "ava1.ring.account.DEMOALPHA0001"), query["nonce"]);
        Assert.Equal(13, query["time"]!.Length);
        Assert.Equal(43, query["nonce"]!.Length);
    }

    private static string Filled(string form, string code) => form.Replace("{0}", code, StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);

    private static void AssertDeviceAdded(JsonNode body)
    {
        var (meta, data) = (body["meta"]!, body["data"]!);
        var device = (string)data["attributes"]!["source"]!;
        Assert.Equal("1.1", (string?)meta["version"]);
        Assert.Equal("ava1.ring.account.DEMOALPHA0001", (string?)meta["account_id"]);
        Assert.True(Guid.TryParse((string?)meta["request_id"], out _));
        Assert.Matches("""^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$""", (string)meta["time"]!);
        Assert.Equal($"{device}_device_added_{(long)data["attributes"]!["timestamp"]!}", (string?)data["id"]);
        Assert.Equal($"/v1/devices/{device}", (string?)data["relationships"]!["devices"]!["links"]!["self"]);
    }
}
