using System.Text.Json.Nodes;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Signing;
using RingPortal.Tests.Ring;

namespace RingPortal.Tests.Simulator;

public sealed class EventTests : PartnerTest
{
    private const string K1 = "Y29udHJhY3QtZGVtby1rZXktMzItYnl0ZXMtbG9uZyE=";

    public static IEnumerable<object[]> DevicesAndAccounts => ContractPayloads.Signed.Where(row => !((string)row[0]).Contains("\"subscription_", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(DevicesAndAccounts))]
    public async Task Events_Are_Byte_For_Byte_Those_That_The_Contract_Prints(string printed, string signature)
    {
        var (meta, data) = (JsonNode.Parse(printed)!["meta"]!, JsonNode.Parse(printed)!["data"]!);
        var attributes = data["attributes"]!;
        var isDevices = (string?)attributes["source_type"] == "devices";
        Cloud.Settings.HmacKey = K1;
        var device = Cloud.Accounts["mara"].Devices.Single(one => one.Id == Backyard);
        Cloud.Accounts.AddDevice("mara", device with { Components = ["1", "2"] });
        Cloud.Events.Send("mara", (string)data["type"]!, isDevices ? (string)attributes["source"]! : null, new()
        {
            RequestId = (string?)meta["request_id"],
            Time = (string?)meta["time"],
            Timestamp = (long)attributes["timestamp"]!,
            EventId = isDevices ? null : (string?)data["id"],
            SubType = (string?)(data["subType"] ?? attributes["sub_type"]),
            MotionForm = data["subType"] is null ? MotionForm.InAttributes : MotionForm.BesideType,
        });
        await Cloud.WhenEventsDeliveredAsync();
        var received = Assert.Single(Events);
        Assert.Equal(printed, received.Text);
        Assert.Equal(signature, received.Signature);
    }

    [Theory]
    [InlineData(MotionForm.BesideType, "animal", null, false)]
    [InlineData(MotionForm.InAttributes, null, "animal", true)]
    [InlineData(MotionForm.Both, "animal", "animal", true)]
    public async Task The_Place_Of_The_Sub_Type_Is_A_Setting(MotionForm form, string? beside, string? within, bool readable)
    {
        Change(settings => settings with { MotionForm = form });
        Cloud.Events.Motion("mara", FrontDoor, MotionKind.Animal);
        await Cloud.WhenEventsDeliveredAsync();
        var data = Assert.Single(Events).Json["data"]!;
        Assert.Equal((beside, within), ((string?)data["subType"], (string?)data["attributes"]!["sub_type"]));
        Assert.Equal(readable, data["attributes"]!["timestamp_readable"] is not null);
        Assert.Null(data["attributes"]!["component_ids"]);
    }

    [Theory]
    [InlineData(MotionKind.Motion, "motion")]
    [InlineData(MotionKind.Human, "human")]
    [InlineData(MotionKind.Vehicle, "vehicle")]
    [InlineData(MotionKind.Animal, "animal")]
    [InlineData(MotionKind.Package, "package")]
    [InlineData(MotionKind.OtherMotion, "other_motion")]
    public async Task Motion_Has_Its_Sub_Type_In_Its_Id_Too(MotionKind kind, string wire)
    {
        var sent = Cloud.Events.Motion("mara", FrontDoor, kind);
        await Cloud.WhenEventsDeliveredAsync();
        var data = Assert.Single(Events).Json["data"]!;
        Assert.Equal(wire, (string?)data["subType"]);
        Assert.Equal($"{FrontDoor}_{wire}_{sent.Timestamp}", (string?)data["id"]);
    }

    [Fact]
    public async Task A_Missing_Sub_Type_And_An_Early_Access_Type_Can_Be_Sent()
    {
        Cloud.Events.Send("mara", RingEventTypes.MotionDetected, FrontDoor, new() { SubType = "" });
        Cloud.Events.Send("mara", RingEventTypes.FloodDetected, FrontDoor);
        await Cloud.WhenEventsDeliveredAsync();
        var byType = Events.Select(call => call.Json["data"]!).ToDictionary(data => (string)data["type"]!);
        Assert.False(byType["motion_detected"].AsObject().ContainsKey("subType"));
        Assert.Equal($"/v1/devices/{FrontDoor}", (string?)byType["flood_detected"]["relationships"]!["devices"]!["links"]!["self"]);
    }

    [Fact]
    public async Task What_Happens_To_A_Device_In_One_Millisecond_Has_Times_And_Ids_Of_Its_Own()
    {
        var sent = Enumerable.Range(0, 50).Select(_ => Cloud.Events.Press("mara", FrontDoor)).ToList();
        await Cloud.WhenEventsDeliveredAsync();
        Assert.Equal(50, sent.Select(one => one.EventId).Distinct().Count());
        Assert.Equal(sent.Select(one => one.Timestamp).Order(), sent.Select(one => one.Timestamp));
        Assert.Equal(50, sent.Select(one => one.RequestId).Distinct().Count());
    }

    [Fact]
    public async Task The_Time_Of_An_Event_Is_Shifted_For_One_Or_For_All()
    {
        var now = Cloud.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        var one = Cloud.Events.Press("mara", FrontDoor, new() { OffsetMilliseconds = -60_000 });
        Change(settings => settings with { EventOffsetMilliseconds = -3_600_000 });
        var two = Cloud.Events.Press("mara", FrontDoor);
        await Cloud.WhenEventsDeliveredAsync();
        Assert.InRange(one.Timestamp!.Value, now - 60_000, now - 50_000);
        Assert.InRange(two.Timestamp!.Value, now - 3_600_000, now - 3_590_000);
    }

    [Fact]
    public async Task Removing_The_App_Tells_The_Devices_First_When_Asked_To()
    {
        await InstallAsync("devon");
        Cloud.Uninstall("devon", sendDeviceEvents: true);
        Assert.Equal(["app_integration_removed", "device_removed", "device_removed"], (await TypesAsync()).Order());
    }

    [Fact]
    public async Task Names_Are_Escaped_And_Keep_Their_Letters()
    {
        Cloud.Accounts.Put(new RingAccount { Key = "odd", AccountId = "a\"b\\ü", FirstName = "Odd", LastName = "One" });
        Cloud.Events.Send("odd", RingEventTypes.AppIntegrationAdded);
        await Cloud.WhenEventsDeliveredAsync();
        var received = Assert.Single(Events);
        Assert.Equal("a\"b\\ü", (string?)received.Json["meta"]!["account_id"]);
        Assert.Equal(WebhookSignature.Compute(Options.HmacKey, received.Body), received.Signature);
    }
}
