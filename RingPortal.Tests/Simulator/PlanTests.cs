using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Plans;
using RingPortal.Tests.Ring;

namespace RingPortal.Tests.Simulator;

public sealed class PlanTests : PartnerTest
{
    private const string Subscriptions = "/v1/accounts/me/subscriptions";
    private const string K1 = "Y29udHJhY3QtZGVtby1rZXktMzItYnl0ZXMtbG9uZyE=";

    public static IEnumerable<object[]> Printed => ContractPayloads.Signed.Where(row => ((string)row[0]).Contains("\"subscription_", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Printed))]
    public async Task Events_Are_Byte_For_Byte_Those_That_The_Contract_Prints(string printed, string signature)
    {
        var (meta, data) = (JsonNode.Parse(printed)!["meta"]!, JsonNode.Parse(printed)!["data"]!);
        var attributes = data["attributes"]!;
        Cloud.Settings.HmacKey = K1;
        Cloud.Plans.Put(new RingPlan
        {
            Id = (string)attributes["source_id"]!,
            AccountKey = "mara",
            Kind = (string?)attributes["sub_type"] == "trial" ? PlanKind.Trial : PlanKind.Paid,
            PlanId = (string?)attributes["plan_id"],
            ExpiresAt = DateTimeOffset.Parse((string?)attributes["expires_at"] ?? "2026-10-21T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
            CreatedAt = Cloud.Clock.GetUtcNow(),
            DeviceIds = [.. data["relationships"]!["devices"]!["data"]!.AsArray().Select(device => (string)device!["id"]!)],
        });
        Cloud.Plans.Send((string)attributes["source_id"]!, (string?)data["type"] == "subscription_activated", options: new()
        {
            RequestId = (string?)meta["request_id"],
            Time = (string?)meta["time"],
            EventId = (string?)data["id"],
        });
        await Cloud.WhenEventsDeliveredAsync();
        var received = Assert.Single(Events);
        Assert.Equal(printed, received.Text);
        Assert.Equal(signature, received.Signature);
    }

    [Fact]
    public async Task Plans_Are_Listed_As_The_Contract_Shows_Them()
    {
        using var calls = new PartnerCalls(Cloud, Options);
        var (access, _) = await calls.LinkAsync("mara");
        Cloud.Plans.Start("mara", PlanKind.Paid, [FrontDoor]);
        Cloud.Plans.End(Cloud.Plans.Start("mara", PlanKind.Trial).Id);
        var json = await ListAsync(calls, access);
        Assert.Equal(["data", "meta"], json.AsObject().Select(member => member.Key));
        var (paid, trial) = (json["data"]![0]!, json["data"]![1]!);
        Assert.Equal(["id", "type", "attributes", "relationships"], paid.AsObject().Select(member => member.Key));
        Assert.Equal(["sub_type", "status", "plan_id", "expires_at", "created_at"], paid["attributes"]!.AsObject().Select(member => member.Key));
        Assert.Equal(("subscriptions", "paid", "active"), ((string?)paid["type"], (string?)paid["attributes"]!["sub_type"], (string?)paid["attributes"]!["status"]));
        Assert.Equal($$$"""{"devices":{"data":[{"type":"devices","id":"{{{FrontDoor}}}"}]}}""", paid["relationships"]!.ToJsonString());
        Assert.Equal(("trial", "inactive"), ((string?)trial["attributes"]!["sub_type"], (string?)trial["attributes"]!["status"]));
        Assert.False(trial["attributes"]!.AsObject().ContainsKey("plan_id"));
        Assert.Equal(4, trial["relationships"]!["devices"]!["data"]!.AsArray().Count);

        Cloud.Settings.TrialPlanIdAsNull = true;
        var attributes = (await ListAsync(calls, access))["data"]![1]!["attributes"]!.AsObject();
        Assert.True(attributes.TryGetPropertyValue("plan_id", out var planId));
        Assert.Null(planId);
    }

    [Fact]
    public async Task A_Page_Has_25_And_Names_The_Next()
    {
        using var calls = new PartnerCalls(Cloud, Options);
        var (access, _) = await calls.LinkAsync("mara");
        for (var plan = 0; plan < 60; plan++)
            Cloud.Plans.Start("mara", PlanKind.Paid, [FrontDoor]);

        var (sizes, ids, next) = (new List<int>(), new HashSet<string>(), Subscriptions);
        while (next is not null)
        {
            var json = await ListAsync(calls, access, next);
            sizes.Add(json["data"]!.AsArray().Count);
            ids.UnionWith(json["data"]!.AsArray().Select(one => (string)one!["id"]!));
            next = (string?)json["links"]?["next"];
            Assert.True(next is null || next.StartsWith($"{Subscriptions}?page[cursor]=", StringComparison.Ordinal));
        }

        Assert.Equal([25, 25, 10], sizes);
        Assert.Equal(60, ids.Count);
    }

    [Fact]
    public async Task Only_A_Linked_Caller_With_A_Good_Path_And_Cursor_Is_Answered()
    {
        using var calls = new PartnerCalls(Cloud, Options);
        var (pending, _) = await calls.InstallAsync("devon");
        using var early = await calls.GetAsync(Subscriptions, pending);
        Assert.Equal(403, (int)early.StatusCode);
        var (access, _) = await calls.LinkAsync("mara");
        using var foreign = await calls.GetAsync("/v1/accounts/ava1.ring.account.DEMOBRAVO0002/subscriptions", access);
        using var cursor = await calls.GetAsync($"{Subscriptions}?page[cursor]=nonsense", access);
        Assert.Equal((400, 400), ((int)foreign.StatusCode, (int)cursor.StatusCode));
        Cloud.RevokeTokens("mara");
        using var dead = await calls.GetAsync(Subscriptions, access);
        Assert.Equal(401, (int)dead.StatusCode);
    }

    [Fact]
    public async Task Starting_Renewing_Switching_And_Ending_Are_Told()
    {
        await InstallAsync("mara");
        var trial = Cloud.Plans.Start("mara", PlanKind.Trial, [FrontDoor]);
        var paid = Cloud.Plans.Switch(trial.Id);
        var other = Cloud.Plans.Switch(paid.Id);
        Cloud.Plans.Renew(other.Id);
        Cloud.Plans.End(other.Id);
        await Cloud.WhenEventsDeliveredAsync();
        var told = Cloud.Deliveries.Find(new() { After = 0 }).Select(record => Events.Single(call => (string?)call.Json["data"]!["id"] == record.EventId).Json["data"]!);
        Assert.Equal(
            [
                ("subscription_activated", "trial", trial.Id), ("subscription_activated", "paid", paid.Id), ("subscription_deactivated", "trial", trial.Id),
                ("subscription_activated", "paid", other.Id), ("subscription_deactivated", "paid", paid.Id),
                ("subscription_activated", "paid", other.Id), ("subscription_deactivated", "paid", other.Id),
            ],
            told.Select(data => ((string)data["type"]!, (string)data["attributes"]!["sub_type"]!, (string)data["attributes"]!["source_id"]!)));
        Assert.NotEqual(paid.PlanId, other.PlanId);
        Assert.Equal(trial.Id, Cloud.Plans.Start("mara", PlanKind.Trial).Id);
    }

    [Fact]
    public async Task A_Cancelled_Ring_Plan_Ends_Every_Subscription_For_Its_Device_Alone()
    {
        await InstallAsync("mara");
        var both = Cloud.Plans.Start("mara", PlanKind.Paid, [FrontDoor, Backyard]);
        var one = Cloud.Plans.Start("mara", PlanKind.Trial, [Backyard]);
        var free = Cloud.Plans.Start("mara", PlanKind.Paid, [FrontDoor]);
        Assert.Equal(2, Cloud.Plans.CancelRingPlan("mara", Backyard));
        await Cloud.WhenEventsDeliveredAsync();
        var ended = Events.Select(call => call.Json["data"]!).Where(data => (string?)data["type"] == RingEventTypes.SubscriptionDeactivated).ToList();
        Assert.Equal(new[] { both.Id, one.Id }.Order(), ended.Select(data => (string)data["attributes"]!["source_id"]!).Order());
        Assert.All(ended, data => Assert.Equal(Backyard, (string?)Assert.Single(data["relationships"]!["devices"]!["data"]!.AsArray())!["id"]));
        var plans = Cloud.Plans.Of("mara").ToDictionary(plan => plan.Id);
        Assert.Equal((true, false, true), (plans[both.Id].Active, plans[one.Id].Active, plans[free.Id].Active));
        Assert.Equal([FrontDoor], plans[both.Id].DeviceIds);
    }

    [Fact]
    public async Task Plans_Are_Kept_Over_Http_And_Untold_Without_The_App()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Cloud.BaseAddress };
        using var start = await http.PostAsJsonAsync("/control/accounts/mara/plans", new { kind = "Trial", deviceIds = new[] { FrontDoor } });
        var id = (string)(await PartnerCalls.JsonAsync(start))["id"]!;
        foreach (var act in new[] { "end", "renew", "switch" })
        {
            using var answer = await http.PostAsync($"/control/accounts/mara/plans/{id}/{act}", null);
            Assert.Equal((act, HttpStatusCode.OK), (act, answer.StatusCode));
        }

        using var cancel = await http.PostAsync($"/control/accounts/mara/devices/{FrontDoor}/cancel-ring-plan", null);
        Assert.Equal(1, (int)(await PartnerCalls.JsonAsync(cancel))["ended"]!);
        using var foreign = await http.PostAsync($"/control/accounts/devon/plans/{id}/end", null);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        var listed = JsonNode.Parse(await http.GetStringAsync("/control/accounts/mara/plans"))!.AsArray();
        Assert.Equal(["Trial", "Paid"], listed.Select(plan => (string)plan!["kind"]!));
        Assert.All(listed, plan => Assert.False((bool)plan!["active"]!));
        Assert.Equal(0, Cloud.Deliveries.Count());
    }

    [Fact]
    public async Task Settings_Of_The_Wire_Are_Changed_Over_Http()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Cloud.BaseAddress };
        using var change = await http.PatchAsJsonAsync("/control/settings", new { rotation = "Grace", trialPlanIdAsNull = true });
        Assert.Equal("Grace", (string?)(await PartnerCalls.JsonAsync(change))["rotation"]);
        Assert.True(Cloud.Settings.TrialPlanIdAsNull);
        Assert.Equal(Options.AccessTokenSeconds, Cloud.Settings.AccessTokenSeconds);
    }

    private static async Task<JsonNode> ListAsync(PartnerCalls calls, string access, string path = Subscriptions)
    {
        using var answer = await calls.GetAsync(path, access);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await PartnerCalls.JsonAsync(answer);
    }
}
