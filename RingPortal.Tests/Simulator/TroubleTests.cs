using System.Net;
using System.Net.Http.Json;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Signing;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Simulator;

public sealed class TroubleTests : PartnerTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Copies_Are_The_Same_Bytes_At_Once_Or_One_After_Another(bool atOnce)
    {
        Change(settings => settings with { Copies = 3, CopiesAtOnce = atOnce });
        var gate = new Lock();
        var (now, most) = (0, 0);
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Partner.Meanwhile = async () =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++now);
                if (now == 3)
                    together.TrySetResult();
            }

            if (atOnce)
                await together.Task;

            lock (gate)
                now--;
        };
        var sent = Cloud.Events.Press("mara", FrontDoor);
        await Cloud.WhenEventsDeliveredAsync();
        Assert.Equal(3, Events.Count);
        Assert.Single(Events.Select(call => call.Text).Distinct());
        Assert.Equal(atOnce ? 3 : 1, most);
        Assert.Equal([0, 1, 2], Cloud.Deliveries.Find(new() { After = sent.Number - 1 }).Select(record => record.Copy));
    }

    [Fact]
    public async Task A_Copy_Goes_Out_Though_The_One_Before_Failed()
    {
        Change(settings => settings with { Copies = 2, CopiesAtOnce = false, RetryMilliseconds = [] });
        Partner.Answer(401);
        Cloud.Events.Press("mara", FrontDoor);
        await Cloud.WhenEventsDeliveredAsync();
        Assert.Equal([DeliveryFate.Refused, DeliveryFate.Delivered], Cloud.Deliveries.Find(new() { After = 0 }).Select(record => record.Fate));
    }

    [Fact]
    public async Task A_Window_Is_Held_Back_And_Shuffled_As_The_Seed_Says()
    {
        var orders = new List<string>();
        foreach (var seed in new[] { 7, 7, 8 })
        {
            Change(settings => settings with { DisorderWindow = 0 });
            Cloud.Events.Press("mara", FrontDoor);
            await Cloud.WhenEventsDeliveredAsync();
            var before = Events.Count;
            Change(settings => settings with { Concurrency = 1, DisorderWindow = 10, DisorderSeed = seed, DisorderHoldMilliseconds = 600_000 });
            var sent = Enumerable.Range(0, 9).Select(_ => Cloud.Events.Press("mara", FrontDoor)).ToList();
            Assert.Equal(before, Events.Count);
            sent.Add(Cloud.Events.Press("mara", FrontDoor));
            await Cloud.WhenEventsDeliveredAsync();
            var ids = sent.Select(one => one.EventId).ToList();
            orders.Add(string.Join(' ', Events.Skip(before).Select(call => ids.IndexOf((string)call.Json["data"]!["id"]!))));
        }

        Assert.Equal(orders[0], orders[1]);
        Assert.NotEqual(orders[0], orders[2]);
        Assert.NotEqual("0 1 2 3 4 5 6 7 8 9", orders[0]);
        Assert.All(orders, order => Assert.Equal(10, order.Split(' ').Distinct().Count()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Window_That_Does_Not_Fill_Goes_In_Time_Or_When_Told(bool told)
    {
        Change(settings => settings with { DisorderWindow = 100, DisorderHoldMilliseconds = told ? 600_000 : 50 });
        for (var press = 0; press < 5; press++)
            Cloud.Events.Press("mara", FrontDoor);

        if (told)
            Cloud.Flush();

        await Cloud.WhenEventsDeliveredAsync().WaitAsync(Soon);
        Assert.Equal(5, Events.Count);
    }

    [Theory]
    [InlineData(SignatureFault.None)]
    [InlineData(SignatureFault.WrongKey)]
    [InlineData(SignatureFault.Base64)]
    [InlineData(SignatureFault.Missing)]
    [InlineData(SignatureFault.Truncated)]
    public async Task Signatures_Are_Wrong_In_The_Way_That_Was_Asked_For(SignatureFault fault)
    {
        Change(settings => settings with { Signature = fault });
        Cloud.Events.Press("mara", FrontDoor);
        Cloud.Events.Press("mara", FrontDoor, new() { Signature = SignatureFault.None });
        await Cloud.WhenEventsDeliveredAsync();
        var (bad, good) = (Cloud.Deliveries[1]!.EventId, Cloud.Deliveries[2]!.EventId);
        var wrong = Events.Single(call => (string?)call.Json["data"]!["id"] == bad);
        var right = Events.Single(call => (string?)call.Json["data"]!["id"] == good);
        Assert.Equal(WebhookSignature.Compute(Options.HmacKey, right.Body), right.Signature);
        var proper = WebhookSignature.Compute(Options.HmacKey, wrong.Body);
        var expected = fault switch
        {
            SignatureFault.None => proper,
            SignatureFault.Base64 => "sha256=" + Convert.ToBase64String(Convert.FromHexString(proper["sha256=".Length..])),
            SignatureFault.Truncated => proper[..^1],
            SignatureFault.Missing => null,
            _ => wrong.Signature,
        };
        Assert.Equal(expected, wrong.Signature);
        Assert.Equal(fault == SignatureFault.None, wrong.Signature == proper);
    }

    [Fact]
    public async Task Several_Instances_Of_The_Partner_Are_Called_In_Turn()
    {
        await using var other = await TinyPartner.StartAsync();
        Change(settings => settings with { Targets = [Partner.Address, other.Address], Copies = 2 });
        for (var press = 0; press < 10; press++)
            Cloud.Events.Press("mara", FrontDoor);

        await Cloud.WhenEventsDeliveredAsync();
        Assert.Equal((10, 10), (Events.Count, other.To("/ring/webhook").Count));
    }

    [Fact]
    public async Task A_Burst_Of_Five_Thousand_At_Once_Has_Five_Thousand_Events()
    {
        await InstallAsync("mara");
        await InstallAsync("devon");
        var burst = Cloud.Bursts.Begin(new() { Count = 5_000 });
        await burst.Done.WaitAsync(Soon);
        await Cloud.Deliveries.WaitForAsync(RingEventTypes.MotionDetected, null, 5_000, TimeSpan.FromSeconds(90) * Eventually.Patience);
        Assert.Equal(5_000, Cloud.Deliveries.Find(new() { After = 0, Limit = 10_000 }).Select(record => record.EventId).Distinct().Count());
        Assert.Equal((5_000, false), (burst.Sent, burst.Running));
        var devices = Cloud.Deliveries.Find(new() { After = 0, Limit = 6 }).Select(record => record.Device);
        Assert.Equal(6, devices.Distinct().Count());
        var latest = Events.Max(call => (long)call.Json["data"]!["attributes"]!["timestamp"]!);
        Assert.InRange(latest, 0, Cloud.Clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_Burst_Keeps_Its_Rate_And_Can_Be_Stopped_Over_Http()
    {
        await InstallAsync("mara");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Cloud.BaseAddress };
        using var begun = await http.PostAsJsonAsync("/control/bursts", new { type = "button_press", count = 100_000, ratePerSecond = 50, accounts = new[] { "mara" }, device = FrontDoor });
        var number = (int)(await PartnerCalls.JsonAsync(begun))["number"]!;
        await Cloud.Deliveries.WaitForAsync(RingEventTypes.ButtonPress, "mara", 25, Soon);
        using var stop = await http.DeleteAsync("/control/bursts");
        await Eventually.TrueAsync(async () => !(bool)System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync($"/control/bursts/{number}"))!["running"]!, Soon);
        await Cloud.WhenEventsDeliveredAsync();
        var burst = Cloud.Bursts.All.Single();
        Assert.InRange(burst.Sent, 25, 5_000);
        Assert.Equal(burst.Sent, Events.Count);
    }

    [Theory]
    [InlineData("""{"count":0}""")]
    [InlineData("""{"count":5}""")]
    [InlineData("""{"count":5,"accounts":["nobody"]}""")]
    [InlineData("""{"count":5,"type":"subscription_activated","accounts":["mara"]}""")]
    public async Task A_Burst_That_Cannot_Be_Sent_Is_Refused(string body)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Cloud.BaseAddress };
        using var content = new StringContent(body, null, "application/json");
        using var answer = await http.PostAsync("/control/bursts", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Cloud.Bursts.All);
    }
}
