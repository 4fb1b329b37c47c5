using RingPortal.Data.Events;
using RingPortal.Data.LiveView;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Tests.Events.History;

/// <summary>Deliveries and history become one timeline, whichever comes first and whoever writes at the same time.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class HistoryMergeTests(HistoryWorld world) : IClassFixture<HistoryWorld>
{
    private readonly DateTimeOffset _noon = Whole(DateTimeOffset.UtcNow.AddHours(-3));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_Event_That_Is_Delivered_And_Told_By_The_History_Stands_There_Once(bool historyFirst)
    {
        var home = await world.HouseholdAsync();
        world.Server.Put(home.RingDevice,
            new ToldEvent("press", "ding", _noon.AddSeconds(30), _noon.AddSeconds(50), Reviewed: true),
            new ToldEvent("motion", "motion", _noon.AddMilliseconds(1200), Motion: "human"));
        if (historyFirst)
        {
            await world.NewestAsync(home);
        }

        var before = (await world.EventsAsync(home)).Select(entry => entry.Id).ToList();
        await world.StoreAsync(home, "motion_detected", _noon, "human");
        await world.DeliverAsync(home, "button_press", _noon.AddSeconds(30));
        await world.NewestAsync(home);

        var events = await world.EventsAsync(home);
        Assert.Equal([(DeviceEventKind.Press, null), (DeviceEventKind.Motion, "human")], events.Select(entry => (entry.Kind, entry.SubType)));
        Assert.All(events, entry => Assert.Equal((EventOrigin.Both, true), (entry.Origin, entry.InboxId is not null)));
        Assert.Equal(["press", "motion"], events.Select(entry => entry.HistoryId));
        Assert.Equal((_noon.AddSeconds(50), true, false), (events[0].EndedAt, events[0].Reviewed, events[1].Reviewed));
        if (historyFirst)
        {
            // The address that somebody may have kept still leads there.
            Assert.Equal(before, events.Select(entry => entry.Id));
        }
    }

    [Fact]
    public async Task The_Same_Delivery_Again_Finds_What_It_Was_Joined_With()
    {
        var home = await world.HouseholdAsync();
        world.Server.Put(home.RingDevice, new ToldEvent("a", "ding", _noon));
        await world.NewestAsync(home);
        await world.DeliverAsync(home, "button_press", _noon);
        await world.Database.ExecuteAsync($"UPDATE webhook_inbox SET state = 'Due', next_attempt_at = now() WHERE account_id = '{home.Account}'");
        Assert.Equal(1, await HistoryWorld.BatchAsync(world.First));

        Assert.Single(await world.EventsAsync(home));
        Assert.Equal("known already", await world.Database.ScalarAsync<string>($"SELECT outcome FROM webhook_inbox WHERE account_id = '{home.Account}'"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_That_Lie_Close_Together_Stay_As_Many_As_There_Were(bool historyFirst)
    {
        var home = await world.HouseholdAsync();
        DateTimeOffset[] times = [_noon, _noon.AddMilliseconds(400), _noon.AddSeconds(1), _noon.AddSeconds(2.5), _noon.AddSeconds(3)];
        world.Server.Put(home.RingDevice, times.Take(4).Select((time, number) => new ToldEvent($"h{number}", "ding", time.AddMilliseconds(150))));
        if (historyFirst)
        {
            await world.NewestAsync(home);
        }

        foreach (var time in times)
        {
            await world.StoreAsync(home, "button_press", time);
        }

        await HistoryWorld.BatchAsync(world.First);
        await world.NewestAsync(home);

        var events = await world.EventsAsync(home);
        Assert.Equal(5, events.Count);
        Assert.Equal(4, events.Count(entry => entry.Origin is EventOrigin.Both));
        Assert.Equal(4, events.Select(entry => entry.HistoryId).OfType<string>().Distinct().Count());
    }

    [Fact]
    public async Task A_Hundred_And_Twenty_Deliveries_Beside_Three_Readers_On_Two_Instances_Are_As_Many_Entries()
    {
        const int Events = 120;
        var home = await world.HouseholdAsync();
        var times = Enumerable.Range(0, Events).Select(number => _noon.AddSeconds(number * 3)).ToList();
        world.Server.Put(home.RingDevice, times.Select((time, number) => new ToldEvent($"h{number}", number % 5 == 0 ? "ding" : "motion", time.AddMilliseconds(number % 7 * 200), Motion: "animal")));
        foreach (var (number, time) in times.Index())
        {
            await world.StoreAsync(home, number % 5 == 0 ? "button_press" : "motion_detected", time, number % 5 == 0 ? null : "animal");
        }

        var over = false;
        async Task DispatchAsync(PortalHost portal)
        {
            while (await world.Database.ScalarAsync<long>($"SELECT count(*) FROM webhook_inbox WHERE account_id = '{home.Account}' AND state = 'Due'") > 0)
            {
                await HistoryWorld.BatchAsync(portal);
            }
        }

        async Task ReadOnAsync(PortalHost portal)
        {
            do
            {
                await world.Database.ExecuteAsync($"UPDATE device_histories SET read_through = NULL WHERE device_id = '{home.Device}'");
                Assert.True(await world.NewestAsync(home, portal));
                await world.OlderAsync(home);
            }
            while (!Volatile.Read(ref over));
        }

        var readers = new[] { world.First, world.First, world.Second }.Select(portal => Task.Run(() => ReadOnAsync(portal))).ToList();
        await Task.WhenAll(new[] { world.First, world.Second }.Select(portal => Task.Run(() => DispatchAsync(portal))));
        Volatile.Write(ref over, true);
        await Task.WhenAll(readers);
        await world.EverythingAsync(home);

        var events = await world.EventsAsync(home);
        Assert.Equal(Events, events.Count);
        Assert.All(events, entry => Assert.Equal(EventOrigin.Both, entry.Origin));
        Assert.Equal(Events, events.Select(entry => entry.HistoryId).Distinct().Count());
        Assert.Equal(Events, events.Select(entry => entry.InboxId).Distinct().Count());
    }

    [Fact]
    public async Task The_Class_Of_Motion_Is_Learnt_By_Asking_For_Each_And_Asked_Once()
    {
        var home = await world.HouseholdAsync();
        world.Server.Put(home.RingDevice,
            new ToldEvent("a", "motion", _noon, Motion: "human"), new ToldEvent("b", "motion", _noon.AddMinutes(1), Motion: "vehicle"),
            new ToldEvent("c", "motion", _noon.AddMinutes(2), Motion: "animal"), new ToldEvent("d", "motion", _noon.AddMinutes(3), Motion: "other_motion"),
            new ToldEvent("e", "ding", _noon.AddMinutes(4)));

        await world.NewestAsync(home);
        Assert.Equal([null, "motion", "animal", "vehicle", "human"], (await world.EventsAsync(home)).Select(entry => entry.SubType));
        Assert.Equal(4, world.Server.Asked(home.RingDevice).Count);

        await world.NewestAsync(home);
        Assert.Equal(5, world.Server.Asked(home.RingDevice).Count);
    }

    [Fact]
    public async Task Where_Deliveries_Named_The_Class_Nobody_Asks_For_It()
    {
        var home = await world.HouseholdAsync();
        await world.DeliverAsync(home, "motion_detected", _noon, "human");
        world.Server.Put(home.RingDevice, new ToldEvent("a", "motion", _noon, Motion: "human"));

        await world.NewestAsync(home);

        Assert.Equal("human", Assert.Single(await world.EventsAsync(home)).SubType);
        Assert.Equal([""], world.Server.Asked(home.RingDevice));
    }

    [Fact]
    public async Task A_Live_View_That_Was_Watched_Here_Is_Told_From_Others()
    {
        var home = await world.HouseholdAsync();
        await using (var context = world.Database.CreateContext())
        {
            context.LiveSessions.Add(new LiveSession { DeviceId = home.Device, RingTokenId = home.Link, UserId = home.User, RingPath = "/x", StartedAt = _noon.AddSeconds(2) });
            await context.SaveChangesAsync();
        }

        world.Server.Put(home.RingDevice, new ToldEvent("own", "on_demand", _noon), new ToldEvent("other", "on_demand", _noon.AddSeconds(8)), new ToldEvent("late", "on_demand", _noon.AddHours(1)));
        await world.NewestAsync(home);

        Assert.Equal([("late", null), ("other", null), ("own", DeviceEvent.OwnView)], (await world.EventsAsync(home)).Select(entry => (entry.HistoryId, entry.SubType)));
        Assert.All(await world.EventsAsync(home), entry => Assert.Equal(DeviceEventKind.LiveView, entry.Kind));
    }

    [Fact]
    public async Task What_Nobody_Knows_Is_Kept_And_What_Cannot_Be_Is_Not()
    {
        var home = await world.HouseholdAsync(days: 1);
        world.Server.Put(home.RingDevice,
            new ToldEvent("odd", "glass_break", _noon),
            new ToldEvent("future", "ding", DateTimeOffset.UtcNow.AddHours(1)),
            new ToldEvent("before", "ding", DateTimeOffset.UtcNow.AddDays(-1).AddMinutes(-1)));

        await world.NewestAsync(home);

        var odd = Assert.Single(await world.EventsAsync(home));
        Assert.Equal((DeviceEventKind.Other, "glass_break", EventOrigin.History), (odd.Kind, odd.SubType, odd.Origin));
    }

    [Fact]
    public async Task Open_Pages_Are_Told_Of_What_Is_New_And_Of_Nothing_Else()
    {
        var home = await world.HouseholdAsync();
        world.Server.Put(home.RingDevice, new ToldEvent("a", "ding", _noon));

        await world.NewestAsync(home);
        Assert.Equal(new FeedChange(home.User, FeedKind.Other, home.Device), Assert.Single(world.Told(home)));

        await world.NewestAsync(home);
        Assert.Empty(world.Told(home));
    }

    [Fact]
    public async Task Nothing_Is_Written_For_A_Camera_That_Is_Not_Shared_Any_More()
    {
        var home = await world.HouseholdAsync();
        world.Server.Odd[home.RingDevice] = async (http, _) =>
        {
            await world.Database.ExecuteAsync($"UPDATE devices SET removed_at = now() WHERE id = '{home.Device}'");
            await Ring.FakeRingAnswers.AnswerAsync(http, 200, HistoryServer.Document(home.RingDevice, [new("a", "ding", _noon)], next: null));
        };

        Assert.False(await world.NewestAsync(home));

        Assert.Empty(await world.EventsAsync(home));
        await using var context = world.Database.CreateContext();
        Assert.Null(await context.DeviceHistories.FindAsync(home.Device));
    }

    /// <summary>Ring's times have milliseconds.</summary>
    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
