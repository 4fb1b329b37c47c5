using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Signing;

namespace RingPortal.Tests.Simulator;

/// <summary>What a proof asks of a simulator that runs as its own process.</summary>
public sealed class DeliveryControlTests : PartnerTest
{
    [Fact]
    public async Task Every_Act_Of_A_Device_Has_An_Address()
    {
        await InstallAsync("mara");
        using var http = Http();
        foreach (var act in new[] { "motion?kind=human", "press", "offline", "online", "take-out", "return", "revoke", "return", "delete" })
        {
            using var answer = await http.PostAsync($"/control/accounts/mara/devices/{FrontDoor}/{act}", null);
            Assert.Equal((act, HttpStatusCode.OK), (act, answer.StatusCode));
            await Cloud.WhenEventsDeliveredAsync();
        }

        Assert.Equal(
            ["motion_detected", "button_press", "device_offline", "device_online", "device_removed", "device_added", "device_removed", "device_added", "device_removed"],
            await TypesAsync());
        Assert.Equal("human", (string?)Events[0].Json["data"]!["subType"]);
        using var gone = await http.PostAsync($"/control/accounts/mara/devices/{FrontDoor}/online", null);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Devices_Are_Added_And_Shared()
    {
        await InstallAsync("mara");
        using var http = Http();
        using var add = await http.PostAsJsonAsync("/control/accounts/mara/devices", new { id = "ava1.ring.device.NEW", name = "Gate", model = "Doorbell" });
        using var share = await http.PostAsJsonAsync("/control/accounts/mara/share", new[] { "ava1.ring.device.NEW" });
        Assert.Equal(["device_added", "device_removed", "device_removed", "device_removed", "device_removed"], (await TypesAsync()).Order());
    }

    [Fact]
    public async Task Any_Event_Is_Sent_With_Any_Times_And_Ids_And_Answered_With_Its_First_Attempt()
    {
        using var http = Http();
        using var sent = await http.PostAsJsonAsync(
            $"/control/accounts/mara/events/freeze_detected?device={FrontDoor}&wait=true", new { requestId = "r-1", eventId = "e-1", time = "2026-01-02T03:04:05Z", timestamp = 17 });
        var record = await PartnerCalls.JsonAsync(sent);
        Assert.Equal(("Delivered", 200), ((string?)record["fate"], (int)record["attempts"]![0]!["status"]!));
        var body = Assert.Single(Events).Json;
        Assert.Equal(("r-1", "2026-01-02T03:04:05Z"), ((string?)body["meta"]!["request_id"], (string?)body["meta"]!["time"]));
        Assert.Equal(("e-1", 17), ((string?)body["data"]!["id"], (long)body["data"]!["attributes"]!["timestamp"]!));
        using var stranger = await http.PostAsync("/control/accounts/nobody/events/x", null);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        using var wrong = await http.PostAsJsonAsync("/control/accounts/mara/events/x", new { requestID = "r", nothing = 1 });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Raw_Bytes_Of_Any_Length_Are_Signed_And_Sent_As_They_Are()
    {
        using var http = Http();
        byte[] bytes = [0xEF, 0xBB, 0xBF, (byte)'{', 0, 0xFF, .. Encoding.ASCII.GetBytes(new string('x', 300_000))];
        using var content = new ByteArrayContent(bytes);
        using var sent = await http.PostAsync("/control/webhooks/raw?account=mara&wait=true", content);
        Assert.Equal("Delivered", (string?)(await PartnerCalls.JsonAsync(sent))["fate"]);
        var received = Assert.Single(Events);
        Assert.Equal(bytes, received.Body);
        Assert.Equal(WebhookSignature.Compute(Options.HmacKey, bytes), received.Signature);
    }

    [Fact]
    public async Task Settings_Are_Changed_In_Part_Checked_And_Reset()
    {
        using var http = Http();
        using var change = await http.PatchAsJsonAsync("/control/webhooks", new { concurrency = 5, newRequestIdOnRetry = true, motionForm = "InAttributes" });
        var now = await PartnerCalls.JsonAsync(change);
        Assert.Equal((5, true, "InAttributes", 20), ((int)now["concurrency"]!, (bool)now["newRequestIdOnRetry"]!, (string?)now["motionForm"], (int)now["retryMilliseconds"]![0]!));
        Assert.Equal(5, Cloud.Settings.Webhooks.Concurrency);
        foreach (var body in new[] { "{\"concurrency\":0}", "{\"colour\":1}", "[]", "{\"copies\":\"many\"}", "{\"targets\":[\"here\"]}" })
        {
            using var wrong = await http.PatchAsync("/control/webhooks", new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.Equal((body, HttpStatusCode.BadRequest), (body, wrong.StatusCode));
        }

        using var reset = await http.DeleteAsync("/control/webhooks");
        Assert.Equal(32, Cloud.Settings.Webhooks.Concurrency);
    }

    [Fact]
    public async Task A_New_Key_Signs_From_Now_On()
    {
        using var http = Http();
        using var set = await http.PutAsJsonAsync("/control/hmac-key", "another key");
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Cloud.Events.Press("mara", FrontDoor);
        await Cloud.WhenEventsDeliveredAsync();
        var received = Assert.Single(Events);
        Assert.Equal(WebhookSignature.Compute("another key", received.Body), received.Signature);
        using var empty = await http.PutAsJsonAsync("/control/hmac-key", " ");
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    [Fact]
    public async Task Deliveries_Are_Listed_Counted_And_Replayed()
    {
        using var http = Http();
        Change(settings => settings with { RetryMilliseconds = [] });
        Partner.Answer(500, 401, 500);
        foreach (var _ in Enumerable.Range(0, 4))
        {
            Cloud.Events.Press("mara", FrontDoor);
            await Cloud.WhenEventsDeliveredAsync();
        }

        var counts = JsonNode.Parse(await http.GetStringAsync("/control/deliveries/counts?account=mara&type=button_press"))!;
        Assert.Equal((0, 1, 1, 2, 0), ((int)counts["waiting"]!, (int)counts["delivered"]!, (int)counts["refused"]!, (int)counts["deadLetter"]!, (int)counts["lost"]!));
        Assert.Equal([3L, 1], Numbers(await http.GetStringAsync("/control/deliveries?fate=deadletter&account=mara&limit=5")));
        Assert.Equal([2L, 3], Numbers(await http.GetStringAsync("/control/deliveries?after=1&limit=2")));
        Assert.Equal(401, (int)JsonNode.Parse(await http.GetStringAsync("/control/deliveries/2"))!["attempts"]![0]!["status"]!);
        Assert.Equal([1L, 3], Numbers(await http.GetStringAsync("/control/dead-letters")));
        using var one = await http.PostAsync("/control/dead-letters/3/replay", null);
        using var none = await http.PostAsync("/control/dead-letters/2/replay", null);
        using var all = await http.PostAsync("/control/dead-letters/replay", null);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound, 1), (one.StatusCode, none.StatusCode, (int)(await PartnerCalls.JsonAsync(all))["replayed"]!));
        await Cloud.WhenEventsDeliveredAsync();
        Assert.Equal(3, Cloud.Deliveries.Count(fate: DeliveryFate.Delivered));

        static IEnumerable<long> Numbers(string json) => JsonNode.Parse(json)!.AsArray().Select(record => (long)record!["number"]!);
    }

    private HttpClient Http() => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Cloud.BaseAddress };
}
