using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RingDevicesTests(TestDatabase database) : RingTest(database), IClassFixture<TestDatabase>
{
    private const string Full =
        """
        {
          "meta": { "time": "2026-09-21T14:17:05Z" },
          "data": [ {
            "type": "devices", "id": "dev-1", "attributes": { "name": "Front Door", "image_url": "https://evil.example/x" },
            "relationships": {
              "status":         { "data": { "type": "device-status", "id": "s-1" } },
              "capabilities":   { "data": { "type": "device-capabilities", "id": "c-1" } },
              "configurations": { "data": { "type": "device-configurations", "id": "s-1" } },
              "location":       { "data": { "type": "locations", "id": "l-1" } } } },
            { "type": "devices", "id": "dev-2", "attributes": { "name": "Shed" },
              "relationships": { "status": { "data": { "type": "device-status", "id": "missing" }, "links": {} }, "location": { "links": {} } } },
            { "type": "devices", "attributes": { "name": "no id" } }, null, 7,
            { "type": "devices", "id": "dev-3" } ],
          "included": [ null, { "type": "device-status" },
            { "type": "locations", "id": "l-1", "attributes": { "country": "US", "state": "WA" } },
            { "type": "device-configurations", "id": "s-1", "attributes": {
              "motion_detection": { "enabled": "on", "motion_zones": [
                { "id": "z-1", "vertices": [ { "x": 0, "y": 0.25 }, { "x": 1, "y": 0.25 }, { "x": 1, "y": 1 } ] },
                { "id": "z-2", "vertices": [ { "x": 0, "y": 0.25 }, { "x": 1.5, "y": 0.25 }, { "x": 1, "y": 1 } ] },
                { "id": "z-3", "vertices": [ { "x": 0, "y": 0 } ] } ] },
              "image_enhancements": { "color_night_vision": "off", "hdr": "ON", "ir_led_night_vision": true,
                "privacy_zones": [ { "id": "privacy-canary", "vertices": [] } ] } } },
            { "type": "device-capabilities", "id": "c-1", "attributes": {
              "video": { "codecs": [ "AVC", "HEVC", 3 ], "ratio": "16:9", "max_resolution": 2160, "supported_resolutions": [ 1080, 2160, "x" ], "configurations": [ "resolution_mode" ] },
              "motion_detection": { "configurations": [ "enabled", "motion_zones" ] }, "image_enhancements": null, "components": [ {} ] } },
            { "type": "device-status", "id": "s-1", "attributes": { "online": true, "battery": 80 } } ]
        }
        """;

    [Fact]
    public async Task Devices_Are_Joined_With_What_Is_Included_By_Type_And_Id()
    {
        Ring.Always(200, Full);

        var devices = (await Client.GetDevicesAsync("token", RingPriority.Interactive, CancellationToken.None)).Value!;

        Assert.Equal(["dev-1", "dev-2", "dev-3"], devices.Select(device => device.Id));
        var (front, capabilities, configurations) = (devices[0], devices[0].Capabilities!, devices[0].Configurations!);
        Assert.Equal(("Front Door", true, "US", "WA"), (front.Name, front.Online, front.Country, front.State));
        Assert.Equal(["AVC", "HEVC"], capabilities.VideoCodecs);
        Assert.Equal(("16:9", 2160), (capabilities.VideoRatio, capabilities.MaxResolution));
        Assert.Equal([1080, 2160], capabilities.SupportedResolutions);
        Assert.Equal(["resolution_mode"], capabilities.VideoFeatures);
        Assert.Equal(["enabled", "motion_zones"], capabilities.MotionFeatures);
        Assert.Empty(capabilities.ImageFeatures);
        Assert.Equal(RingSwitch.On, configurations.MotionDetection);
        Assert.Equal((RingSwitch.Off, RingSwitch.Unknown, RingSwitch.Unknown, RingSwitch.Unknown), (configurations.ColorNightVision, configurations.Hdr, configurations.InfraredNightVision, configurations.AutoZoomTrack));
        var zone = Assert.Single(configurations.MotionZones);
        Assert.Equal([new(0, 0.25), new(1, 0.25), new(1, 1)], zone.Vertices);
        Assert.Equal("/v1/devices?include=status,capabilities,location,configurations", Assert.Single(Ring.Calls).Target);
    }

    [Fact]
    public async Task What_Is_Not_Included_Is_Unknown_And_Not_Offline()
    {
        Ring.Always(200, Full);

        var devices = (await Client.GetDevicesAsync("token", RingPriority.Interactive, CancellationToken.None)).Value!;

        Assert.All(devices.Skip(1), device => Assert.Equal(device, new RingDevice(device.Id, device.Name, null, null, null, null, null)));
    }

    [Fact]
    public async Task Privacy_Zones_Are_Not_Read()
    {
        Ring.Always(200, Full);

        var devices = (await Client.GetDevicesAsync("token", RingPriority.Interactive, CancellationToken.None)).Value!;

        Assert.DoesNotContain("privacy", System.Text.Json.JsonSerializer.Serialize(devices), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_Device_Is_Read_Like_A_Listed_One()
    {
        Ring.Always(200, """{"data":{"type":"devices","id":"dev-1","relationships":{"status":{"data":{"type":"device-status","id":"s"}}}},"included":[{"type":"device-status","id":"s","attributes":{"online":false}}]}""");

        var device = (await Client.GetDeviceAsync("token", "dev-1", RingPriority.Background, CancellationToken.None)).Value;

        Assert.Equal(new RingDevice("dev-1", null, false, null, null, null, null), device);
    }

    [Fact]
    public async Task Pages_Are_Followed_To_The_End_And_Nobody_Is_Listed_Twice()
    {
        Ring.Answer = (http, number) => http.AnswerAsync(200, number switch
        {
            1 => Page("/v1/devices?page=2", "a", "b"),
            2 => Page($"{Ring.Address}/v1/devices?page=3", "b", "c"),
            _ => Page(null, "d"),
        });

        var devices = (await Client.GetDevicesAsync("token", RingPriority.Interactive, CancellationToken.None)).Value!;

        Assert.Equal(["a", "b", "c", "d"], devices.Select(device => device.Id));
        Assert.Equal(["/v1/devices?page=2", "/v1/devices?page=3"], Ring.Calls.Skip(1).Select(call => call.Target));
    }

    [Theory]
    [InlineData("/v1/devices?include=status,capabilities,location,configurations")]
    [InlineData("?include=status,capabilities,location,configurations")]
    public async Task Pages_That_Go_In_Circles_Are_A_Failure(string next)
    {
        Ring.Always(200, Page(next, "a"));

        Assert.IsType<RingFailure.Unreadable>((await Client.GetDevicesAsync("token", RingPriority.Interactive, CancellationToken.None)).Failure);
        Assert.Single(Ring.Calls);
    }

    [Fact]
    public async Task Pages_Without_End_Are_A_Failure()
    {
        Ring.Answer = (http, number) => http.AnswerAsync(200, Page($"/v1/devices?page={number}", $"d{number}"));

        Assert.IsType<RingFailure.Unreadable>((await Client.GetDevicesAsync("token", RingPriority.Interactive, CancellationToken.None)).Failure);
        Assert.InRange(Ring.Calls.Count, 2, 21);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/v1/devices")]
    [InlineData("//evil.example/v1/devices")]
    [InlineData("https://evil.example/")]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("http://user@{host}/v1/devices")]
    [InlineData("http://{host}@evil.example/")]
    [InlineData("http://{host}.evil.example/")]
    [InlineData("http://{host}/#x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("\\\\evil.example\\x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://{host}/")]
    [InlineData("https://{host}/v1/devices")]
    public async Task A_Page_On_Another_Origin_Is_Never_Asked_For_And_Half_A_List_Is_None(string next)
    {
        await using var elsewhere = await FakeRing.StartAsync();
        Ring.Always(200, Page(next.Replace("{host}", new Uri(Ring.Address).Authority, StringComparison.Ordinal).Replace("127.0.0.1:1", new Uri(elsewhere.Address).Authority, StringComparison.Ordinal), "a"));

        Assert.IsType<RingFailure.Unreadable>((await Client.GetDevicesAsync("token", RingPriority.Interactive, CancellationToken.None)).Failure);
        Assert.Empty(elsewhere.Calls);
        Assert.Single(Ring.Calls);
    }

    [Fact]
    public async Task A_Page_That_Fails_Fails_The_List()
    {
        Ring.Answer = (http, number) => number == 1 ? http.AnswerAsync(200, Page("/v1/devices?page=2", "a")) : http.AnswerAsync(403);

        Assert.IsType<RingFailure.Forbidden>((await Client.GetDevicesAsync("token", RingPriority.Interactive, CancellationToken.None)).Failure);
    }

    private static string Page(string? next, params string[] ids) => System.Text.Json.JsonSerializer.Serialize(new
    {
        data = ids.Select(id => new { type = "devices", id }),
        links = new { next },
    });
}
