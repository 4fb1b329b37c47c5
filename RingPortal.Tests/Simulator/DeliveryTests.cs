using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Simulator;

public sealed class DeliveryTests : PartnerTest
{
    [Theory]
    [InlineData(1, new double[] { 1, 5, 30, 120, 600, 3600 })]
    [InlineData(0.01, new[] { 0.01, 0.05, 0.3, 1.2, 6, 36 })]
    public void Rings_Schedule_Has_Seven_Attempts_And_Can_Be_Compressed(double factor, double[] seconds)
    {
        var settings = new WebhookSettings { ScheduleFactor = factor };
        Assert.Equal(seconds, Enumerable.Range(1, 6).Select(attempts => RetrySchedule.After(attempts, settings)!.Value.TotalSeconds));
        Assert.Null(RetrySchedule.After(7, settings));
    }

    [Fact]
    public async Task Seven_Failures_Make_A_Dead_Letter_That_Can_Be_Replayed()
    {
        Change(settings => settings with { RetryMilliseconds = null, ScheduleFactor = 0.000_001 });
        Partner.Usually = 503;
        var sent = Cloud.Events.Press("mara", FrontDoor);
        await Cloud.WhenEventsDeliveredAsync();
        Assert.Equal(7, Events.Count);
        Assert.Single(Events.Select(call => call.Text).Distinct());
        Assert.Equal(DeliveryFate.DeadLetter, Cloud.Deliveries[sent.Number]!.Fate);

        Partner.Usually = 200;
        Assert.True(Cloud.Replay(sent.Number));
        await Cloud.WhenEventsDeliveredAsync();
        var record = Cloud.Deliveries[sent.Number]!;
        Assert.Equal((DeliveryFate.Delivered, 8), (record.Fate, record.Attempts.Count));
        Assert.Equal(Events[0].Text, Events[^1].Text);
        Assert.False(Cloud.Replay(sent.Number));
    }

    [Fact]
    public async Task All_Dead_Letters_Are_Replayed_Together_And_Can_Die_Again()
    {
        Change(settings => settings with { RetryMilliseconds = [] });
        Partner.Usually = 500;
        for (var press = 0; press < 5; press++)
            Cloud.Events.Press("mara", FrontDoor);

        await Cloud.WhenEventsDeliveredAsync();
        Assert.Equal(5, Cloud.ReplayAll());
        await Cloud.WhenEventsDeliveredAsync();
        Assert.Equal(5, Cloud.Deliveries.Count(fate: DeliveryFate.DeadLetter));
        Partner.Usually = 200;
        Assert.Equal(5, Cloud.ReplayAll());
        await Cloud.Deliveries.WaitForAsync(RingEventTypes.ButtonPress, "mara", 5, Soon);
        Assert.Equal(0, Cloud.ReplayAll());
    }

    [Fact]
    public async Task Dead_Letters_Are_Kept_For_72_Hours_Of_Rings_Clock()
    {
        Change(settings => settings with { RetryMilliseconds = [] });
        Partner.Usually = 500;
        var sent = Cloud.Events.Press("mara", FrontDoor);
        await Cloud.WhenEventsDeliveredAsync();
        Cloud.Clock.Advance(TimeSpan.FromHours(73));
        Assert.False(Cloud.Replay(sent.Number));
        Assert.Equal(DeliveryFate.Lost, Cloud.Deliveries[sent.Number]!.Fate);
    }

    [Fact]
    public async Task Without_Dead_Letters_The_Event_Is_Lost()
    {
        Change(settings => settings with { RetryMilliseconds = [1], DeadLetters = false });
        Partner.Usually = 500;
        var sent = Cloud.Events.Press("mara", FrontDoor);
        await Cloud.WhenEventsDeliveredAsync();
        Assert.Equal((DeliveryFate.Lost, 2), (Cloud.Deliveries[sent.Number]!.Fate, Events.Count));
        Assert.Equal(0, Cloud.ReplayAll());
    }

    [Theory]
    [InlineData(200, DeliveryFate.Delivered, 1)]
    [InlineData(204, DeliveryFate.Delivered, 1)]
    [InlineData(401, DeliveryFate.Refused, 1)]
    [InlineData(429, DeliveryFate.Refused, 1)]
    [InlineData(302, DeliveryFate.DeadLetter, 4)]
    [InlineData(500, DeliveryFate.DeadLetter, 4)]
    public async Task The_Answer_Decides(int answer, DeliveryFate fate, int attempts)
    {
        Partner.Usually = answer;
        var sent = Cloud.Events.Press("mara", FrontDoor);
        await Cloud.WhenEventsDeliveredAsync();
        var record = Cloud.Deliveries[sent.Number]!;
        Assert.Equal((fate, attempts), (record.Fate, record.Attempts.Count));
        Assert.All(record.Attempts, attempt => Assert.Equal(answer, attempt.Status));
    }

    [Fact]
    public async Task Five_Seconds_Without_An_Answer_Are_A_Failure_However_The_Schedule_Is_Compressed()
    {
        var hung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Partner.Meanwhile = () => hung.Task;
        Change(settings => settings with { RetryMilliseconds = null, ScheduleFactor = 0.001 });
        var sent = Cloud.Events.Press("mara", FrontDoor);
        await sent.Attempted.WaitAsync(Soon);
        var attempt = Assert.Single(Cloud.Deliveries[sent.Number]!.Attempts);
        Assert.Equal((0, "no answer in 5 s"), (attempt.Status, attempt.Answer));
        Assert.InRange(attempt.ElapsedMilliseconds, 4_900, 15_000);
        hung.SetResult();
        await Cloud.WhenEventsDeliveredAsync();
        Assert.Equal(DeliveryFate.Delivered, Cloud.Deliveries[sent.Number]!.Fate);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_Retry_Keeps_Or_Renews_Its_Envelope_And_Is_Signed_Anew(bool newId, bool newTime)
    {
        Change(settings => settings with { NewRequestIdOnRetry = newId, NewTimeOnRetry = newTime });
        Partner.Answer(503);
        var sent = Cloud.Events.Press("mara", FrontDoor);
        await Cloud.WhenEventsDeliveredAsync();
        var (first, second) = (Events[0], Events[1]);
        Assert.Equal(newId, (string?)first.Json["meta"]!["request_id"] != (string?)second.Json["meta"]!["request_id"]);
        Assert.Equal(newTime, (string?)first.Json["meta"]!["time"] != (string?)second.Json["meta"]!["time"]);
        Assert.Equal(first.Json["data"]!.ToJsonString(), second.Json["data"]!.ToJsonString());
        Assert.Equal(RingPortal.Simulator.Signing.WebhookSignature.Compute(Options.HmacKey, second.Body), second.Signature);
        var record = Cloud.Deliveries[sent.Number]!;
        Assert.Equal((string?)second.Json["meta"]!["request_id"], record.RequestId);
        Assert.Equal(sent.RequestId, record.Attempts[0].RequestId);
    }

    [Fact]
    public async Task The_Log_Tells_Who_What_And_How_It_Was_Answered()
    {
        Partner.Answer(503);
        var sent = Cloud.Events.Motion("mara", FrontDoor, MotionKind.Human);
        await Cloud.WhenEventsDeliveredAsync();
        var record = Cloud.Deliveries[sent.Number]!;
        Assert.Equal(("motion_detected", "mara", FrontDoor, sent.EventId), (record.Type, record.Account, record.Device, record.EventId));
        Assert.Equal([(503, "accepted"), (200, "accepted")], record.Attempts.Select(attempt => (attempt.Status, attempt.Answer!)));
        Assert.All(record.Attempts, attempt => Assert.True(attempt.ElapsedMilliseconds > 0));
        Assert.Equal(2, Cloud.Calls.Count(RingOperation.Webhook, "mara"));
    }

    [Fact]
    public async Task The_Log_Is_Filtered_And_Paged_In_Both_Directions()
    {
        for (var press = 0; press < 4; press++)
            Cloud.Events.Press("mara", FrontDoor);

        Cloud.Events.Motion("devon", "ava1.ring.device.DEMOPORCH05");
        await Cloud.WhenEventsDeliveredAsync();
        Assert.Equal([5L, 4, 3], Numbers(new() { Limit = 3 }));
        Assert.Equal([2L, 1], Numbers(new() { Before = 3 }));
        Assert.Equal([3L, 4, 5], Numbers(new() { After = 2 }));
        Assert.Equal([5L], Numbers(new() { Account = "devon" }));
        Assert.Equal([5L], Numbers(new() { Type = "motion_detected" }));
        Assert.Equal([4L, 3, 2, 1], Numbers(new() { Device = FrontDoor }));
        Assert.Empty(Numbers(new() { Fate = DeliveryFate.Refused }));
        Assert.Equal(4, Cloud.Deliveries.Count(RingEventTypes.ButtonPress, "mara", DeliveryFate.Delivered));

        IEnumerable<long> Numbers(DeliveryFilter filter) => Cloud.Deliveries.Find(filter).Select(record => record.Number);
    }

    [Fact]
    public async Task The_Log_Forgets_The_Oldest_But_Nothing_That_Can_Be_Replayed()
    {
        Options.DeliveriesKept = 10;
        Change(settings => settings with { RetryMilliseconds = [] });
        Partner.Answer(500);
        var dead = Cloud.Events.Press("mara", FrontDoor);
        await Cloud.WhenEventsDeliveredAsync();
        for (var press = 0; press < 30; press++)
            Cloud.Events.Press("mara", FrontDoor);

        await Cloud.WhenEventsDeliveredAsync();
        Assert.InRange(Cloud.Deliveries.Find(new() { Limit = 1_000 }).Count, 10, 12);
        Assert.Equal(31, Cloud.Deliveries.Count());
        Assert.True(Cloud.Replay(dead.Number));
    }

    [Fact]
    public async Task A_Burst_Is_Delivered_Whole_By_As_Many_Calls_At_Once_As_Are_Allowed()
    {
        Change(settings => settings with { Concurrency = 7 });
        var (now, most) = (0, 0);
        Partner.Meanwhile = async () =>
        {
            var here = Interlocked.Increment(ref now);
            InterlockedMax(ref most, here);
            await Task.Yield();
            Interlocked.Decrement(ref now);
        };
        for (var press = 0; press < 3_000; press++)
            Cloud.Events.Press("mara", FrontDoor);

        await Cloud.Deliveries.WaitForAsync(RingEventTypes.ButtonPress, "mara", 3_000, TimeSpan.FromSeconds(60) * Eventually.Patience);
        Assert.Equal(3_000, Events.Select(call => (string?)call.Json["data"]!["id"]).Distinct().Count());
        Assert.InRange(most, 2, 7);
    }

    [Fact]
    public async Task Thousands_That_Wait_For_Their_Next_Attempt_Do_Not_Hold_Up_The_Others()
    {
        Change(settings => settings with { RetryMilliseconds = [3_600_000] });
        Partner.Usually = 503;
        for (var press = 0; press < 2_000; press++)
            Cloud.Events.Press("mara", FrontDoor);

        await Cloud.Calls.WaitForAsync(RingOperation.Webhook, "mara", 2_000, TimeSpan.FromSeconds(60) * Eventually.Patience);
        Partner.Usually = 200;
        Cloud.Events.Motion("devon", "ava1.ring.device.DEMOPORCH05");
        await Cloud.Deliveries.WaitForAsync(RingEventTypes.MotionDetected, "devon", 1, Soon);
        Assert.Equal(2_000, Cloud.Deliveries.Count(fate: DeliveryFate.Waiting));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
