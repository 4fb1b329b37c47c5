using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Devices;
using RingPortal.Data.Events;
using RingPortal.Data.LiveView;
using RingPortal.Data.Teardown;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Tests.Webhooks.Dispatch;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class DeviceEventTests(EventWorld world) : IClassFixture<EventWorld>
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Theory]
    [InlineData("human", null, "human")]
    [InlineData(null, "vehicle", "vehicle")]
    [InlineData("human", "vehicle", "vehicle")]
    [InlineData(null, null, "motion")]
    [InlineData("dragon", null, "motion")]
    public async Task Motion_Enters_The_Timeline_In_Both_Spellings(string? beside, string? inside, string expected)
    {
        var home = await world.HouseholdAsync(_now);

        var message = await world.DeliverAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now, root =>
        {
            root["data"]!["subType"] = beside;
            root["data"]!["attributes"]!["sub_type"] = inside;
        }));

        Assert.Equal((InboxState.Done, "applied"), (message.State, message.Outcome));
        var entry = Assert.Single(await TimelineAsync(home));
        Assert.Equal((DeviceEventKind.Motion, expected, message.Id), (entry.Kind, entry.SubType, entry.InboxId));
        Assert.Equal(_now.ToUnixTimeMilliseconds(), entry.OccurredAt.ToUnixTimeMilliseconds());
        Assert.Contains(new FeedChange(home.User, FeedKind.Motion, home.Device, entry.Id), world.Changes(home));
    }

    [Fact]
    public async Task A_Press_Enters_The_Timeline()
    {
        var home = await world.HouseholdAsync(_now);

        await world.DeliverAsync(EventWorld.Event("button_press", home.Account, home.RingDevice, _now));

        var entry = Assert.Single(await TimelineAsync(home));
        Assert.Equal((DeviceEventKind.Press, null), (entry.Kind, entry.SubType));
        Assert.Contains(world.Changes(home), change => change is { Kind: FeedKind.Press } && change.EventId == entry.Id);
    }

    [Fact]
    public async Task An_Unknown_Type_Of_A_Known_Camera_Is_Kept_And_Shown_As_Such()
    {
        var home = await world.HouseholdAsync(_now);

        var message = await world.DeliverAsync(EventWorld.Event("flood_detected", home.Account, home.RingDevice, _now));

        Assert.Equal(InboxState.Done, message.State);
        var entry = Assert.Single(await TimelineAsync(home));
        Assert.Equal((DeviceEventKind.Other, "flood_detected"), (entry.Kind, entry.SubType));
    }

    [Fact]
    public async Task An_Event_Of_An_Unknown_Camera_Waits_And_Has_The_Cameras_Read_Again()
    {
        var home = await world.HouseholdAsync(_now);

        var message = await world.DeliverAsync(EventWorld.Event("motion_detected", home.Account, "ava1.ring.device.NEW", _now));

        Assert.Equal(InboxState.Parked, message.State);
        Assert.Contains(await world.AskedAsync(home), request => request is { Kind: SyncKind.Devices, RingDeviceId: "ava1.ring.device.NEW" });
    }

    [Fact]
    public async Task A_Camera_Of_Somebody_Else_Does_Not_Exist_For_This_Account()
    {
        var (mine, theirs) = (await world.HouseholdAsync(_now), await world.HouseholdAsync(_now));

        await world.DeliverAsync(EventWorld.Event("motion_detected", mine.Account, theirs.RingDevice, _now));
        await world.DeliverAsync(EventWorld.Event("device_offline", mine.Account, theirs.RingDevice, _now));
        await world.DeliverAsync(EventWorld.Event("device_removed", mine.Account, theirs.RingDevice, _now));

        Assert.Empty(await TimelineAsync(theirs));
        var device = await world.DeviceAsync(theirs);
        Assert.Equal((true, null), (device!.Online, device.RemovedAt));
    }

    [Fact]
    public async Task Offline_And_Online_Follow_The_Times_Of_The_Events_Not_Their_Order()
    {
        var home = await world.HouseholdAsync(_now);

        await world.DeliverAsync(EventWorld.Event("device_online", home.Account, home.RingDevice, _now.AddMinutes(-10)));
        var late = await world.DeliverAsync(EventWorld.Event("device_offline", home.Account, home.RingDevice, _now.AddMinutes(-20)));

        var device = await world.DeviceAsync(home);
        Assert.True(device!.Online);
        Assert.Equal("stale", late.Outcome);

        await world.DeliverAsync(EventWorld.Event("device_offline", home.Account, home.RingDevice, _now.AddMinutes(-5)));
        device = await world.DeviceAsync(home);
        Assert.False(device!.Online);
        Assert.Equal(_now.AddMinutes(-5).ToUnixTimeMilliseconds(), device.OfflineSince!.Value.ToUnixTimeMilliseconds());
        Assert.Contains(new FeedChange(home.User, FeedKind.Status, home.Device), world.Changes(home));
    }

    [Fact]
    public async Task Offline_Ends_The_Live_View()
    {
        var home = await world.HouseholdAsync(_now);
        var session = new LiveSession { DeviceId = home.Device, RingTokenId = home.Link, UserId = home.User, RingPath = "/v1/devices/x/media/streaming/whep/sessions/1", StartedAt = _now };
        await using var context = world.Context();
        context.LiveSessions.Add(session);
        await context.SaveChangesAsync();

        await world.DeliverAsync(EventWorld.Event("device_offline", home.Account, home.RingDevice, _now));

        await context.Entry(session).ReloadAsync();
        Assert.Equal("offline", session.EndReason);
        Assert.NotNull(session.NextAttemptAt);
        Assert.Contains(new FeedChange(home.User, FeedKind.Live, home.Device), world.Changes(home));
    }

    [Fact]
    public async Task The_Same_Time_Twice_Is_Settled_By_Reading_Again()
    {
        var home = await world.HouseholdAsync(_now);
        await world.DeliverAsync(EventWorld.Event("device_offline", home.Account, home.RingDevice, _now));
        Assert.Empty(await world.AskedAsync(home));

        await world.DeliverAsync(EventWorld.Event("device_online", home.Account, home.RingDevice, _now));

        Assert.False((await world.DeviceAsync(home))!.Online);
        Assert.Single(await world.AskedAsync(home));
    }

    [Fact]
    public async Task A_Status_From_The_Far_Future_Does_Not_Silence_Later_Ones()
    {
        var home = await world.HouseholdAsync(_now);
        await world.DeliverAsync(EventWorld.Event("device_offline", home.Account, home.RingDevice, _now.AddDays(2), root => root["meta"]!["time"] = _now.ToString("O")));

        Assert.True((await world.DeviceAsync(home))!.Online);
        Assert.Single(await world.AskedAsync(home));
    }

    [Fact]
    public async Task An_Added_Camera_Is_Read_From_Ring_By_A_Job()
    {
        var home = await world.HouseholdAsync(_now);

        var message = await world.DeliverAsync(EventWorld.Event("device_added", home.Account, "ava1.ring.device.ADDED", _now));

        Assert.Equal("applied", message.Outcome);
        Assert.Contains(await world.AskedAsync(home), request => request is { Kind: SyncKind.Devices, RingDeviceId: "ava1.ring.device.ADDED" });
    }

    [Fact]
    public async Task A_Removed_Camera_Is_Hidden_At_Once_And_Its_Teardown_Is_Written_Down()
    {
        var home = await world.HouseholdAsync(_now);

        var message = await world.DeliverAsync(EventWorld.Event("device_removed", home.Account, home.RingDevice, _now));

        Assert.NotNull((await world.DeviceAsync(home))!.RemovedAt);
        await using var context = world.Context();
        Assert.Equal(0, await context.Devices.CountAsync(device => device.Id == home.Device));
        var work = await context.Teardowns.SingleAsync(teardown => teardown.DeviceId == home.Device);
        Assert.Equal((TeardownKind.Device, TeardownCause.Webhook, message.Id), (work.Kind, work.Cause, work.InboxId));
        Assert.Equal(1, await context.AuditRecords.CountAsync(record => record.Action == "device.removed" && record.Target == $"device:{home.Device}"));
        Assert.Contains(new FeedChange(home.User, FeedKind.Removed, home.Device), world.Changes(home));
    }

    [Fact]
    public async Task A_Removal_From_Before_Ring_Last_Showed_The_Camera_Removes_Nothing()
    {
        var home = await world.HouseholdAsync(_now);

        var message = await world.DeliverAsync(EventWorld.Event("device_removed", home.Account, home.RingDevice, _now.AddMinutes(-90)));

        Assert.Null((await world.DeviceAsync(home))!.RemovedAt);
        Assert.Equal("Ring showed the camera since", message.Outcome);
        Assert.Empty(await world.AskedAsync(home));
    }

    [Fact]
    public async Task A_Removal_From_Before_This_Connection_Removes_Nothing()
    {
        var home = await world.HouseholdAsync(_now);

        var message = await world.DeliverAsync(EventWorld.Event("device_removed", home.Account, home.RingDevice, _now.AddHours(-5)));

        Assert.Null((await world.DeviceAsync(home))!.RemovedAt);
        Assert.Equal("before this connection", message.Outcome);
    }

    [Fact]
    public async Task Late_News_Of_A_Removed_Camera_Does_Not_Bring_It_Back()
    {
        var home = await world.HouseholdAsync(_now);
        await world.DeliverAsync(EventWorld.Event("device_removed", home.Account, home.RingDevice, _now));

        var added = await world.DeliverAsync(EventWorld.Event("device_added", home.Account, home.RingDevice, _now.AddMinutes(-1)));
        var motion = await world.DeliverAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now.AddMinutes(-1)));

        Assert.Equal("camera removed since", added.Outcome);
        Assert.Equal((InboxState.Done, "camera removed since"), (motion.State, motion.Outcome));
        Assert.Empty(await world.AskedAsync(home));
    }

    private async Task<List<DeviceEvent>> TimelineAsync(Household home)
    {
        await using var context = world.Context();
        return await context.DeviceEvents.AsNoTracking().Where(entry => entry.UserId == home.User).ToListAsync();
    }
}
