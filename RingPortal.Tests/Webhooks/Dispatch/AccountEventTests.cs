using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Devices;
using RingPortal.Data.Linking;
using RingPortal.Data.Teardown;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Features.Webhooks;

namespace RingPortal.Tests.Webhooks.Dispatch;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AccountEventTests(EventWorld world) : IClassFixture<EventWorld>
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task A_Removed_Integration_Loses_Its_Tokens_In_The_Same_Transaction()
    {
        var home = await world.HouseholdAsync(_now);

        var message = await world.DeliverAsync(OfAccount("app_integration_removed", home, _now));

        Assert.Equal("applied", message.Outcome);
        await using var context = world.Context();
        var link = await context.RingTokens.SingleAsync(token => token.Id == home.Link);
        Assert.Equal((RingTokenState.Removed, null, null), (link.State, link.SealedAccessToken, link.SealedRefreshToken));
        Assert.Equal(0, await context.Devices.CountAsync(device => device.RingTokenId == home.Link));
        Assert.Equal(TeardownKind.Integration, (await context.Teardowns.SingleAsync(work => work.RingTokenId == home.Link)).Kind);
        Assert.Contains(new FeedChange(home.User, FeedKind.Connection), world.Changes(home));
    }

    [Fact]
    public async Task An_Integration_Younger_Than_Its_Removal_Stays()
    {
        var home = await world.HouseholdAsync(_now);

        var message = await world.DeliverAsync(OfAccount("app_integration_removed", home, _now.AddHours(-3)));

        Assert.Equal("before this connection", message.Outcome);
        await using var context = world.Context();
        Assert.Equal(RingTokenState.Active, (await context.RingTokens.SingleAsync(token => token.Id == home.Link)).State);
    }

    [Fact]
    public async Task Tokens_That_Nobody_Claimed_Go_With_The_Integration()
    {
        var home = await world.HouseholdAsync(_now, RingTokenState.Unclaimed);

        await world.DeliverAsync(OfAccount("app_integration_removed", home, _now));

        await using var context = world.Context();
        var row = await context.RingTokens.SingleAsync(token => token.Id == home.Link);
        Assert.Equal((RingTokenState.Removed, null), (row.State, row.SealedRefreshToken));
    }

    [Fact]
    public async Task A_Finished_Linking_Changes_Nothing_By_Itself()
    {
        var home = await world.HouseholdAsync(_now, RingTokenState.Unclaimed);

        var message = await world.DeliverAsync(OfAccount("app_integration_added", home, _now));

        Assert.Equal((InboxState.Done, "noted"), (message.State, message.Outcome));
        await using var context = world.Context();
        Assert.Equal(RingTokenState.Unclaimed, (await context.RingTokens.SingleAsync(token => token.Id == home.Link)).State);
    }

    [Fact]
    public async Task Events_Of_An_Account_That_Nobody_Holds_Wait_A_Day_And_Then_End()
    {
        var home = await world.HouseholdAsync(_now, RingTokenState.Unclaimed);
        var message = await world.DeliverAsync(EventWorld.Event("motion_detected", home.Account, "ava1.ring.device.X", _now));
        Assert.Equal(InboxState.Parked, message.State);

        await using var context = world.Context();
        await InboxParking.ExpireAsync(context, _now.AddHours(23), CancellationToken.None);
        Assert.Equal(InboxState.Parked, (await world.MessageAsync(message.Id)).State);
        await InboxParking.ExpireAsync(context, _now.AddHours(25), CancellationToken.None);
        Assert.Equal((InboxState.Done, "nobody connected within a day"), ((await world.MessageAsync(message.Id)).State, (await world.MessageAsync(message.Id)).Outcome));
    }

    [Fact]
    public async Task Parked_Events_Are_Applied_Once_The_Camera_Is_Known()
    {
        var home = await world.HouseholdAsync(_now);
        var parked = await world.DeliverAsync(EventWorld.Event("button_press", home.Account, "ava1.ring.device.LATER", _now));
        await using var context = world.Context();
        var device = EventWorld.NewDevice(home.Link, home.User, "ava1.ring.device.LATER", _now);
        context.Devices.Add(device);
        await context.SaveChangesAsync();

        Assert.Equal(1, await InboxParking.ReleaseAsync(context, home.Link, home.Account, _now, CancellationToken.None));
        await world.DrainAsync();

        Assert.Equal("applied", (await world.MessageAsync(parked.Id)).Outcome);
        Assert.Equal(1, await context.DeviceEvents.CountAsync(entry => entry.DeviceId == device.Id));
    }

    [Fact]
    public async Task What_Comes_For_Somebody_Who_Disconnected_Here_Is_Dropped_With_Its_Body()
    {
        var account = $"ava1.ring.account.{Guid.NewGuid():N}";
        await using var context = world.Context();
        context.DisconnectedAccounts.Add(new DisconnectedAccount { AccountHash = SHA256.HashData(Encoding.UTF8.GetBytes(account)), DisconnectedAt = _now });
        await context.SaveChangesAsync();

        var message = await world.DeliverAsync(EventWorld.Event("motion_detected", account, "ava1.ring.device.X", _now));

        Assert.Equal((InboxState.Done, "disconnected here, dropped"), (message.State, message.Outcome));
        Assert.Empty(message.Body);
    }

    [Theory]
    [InlineData("subscription_activated", true)]
    [InlineData("subscription_deactivated", false)]
    public async Task A_Plan_Changes_Access_At_Once_And_Is_Read_Again(string type, bool active)
    {
        var home = await world.HouseholdAsync(_now);

        await world.DeliverAsync(Plan(type, home, "sub-1", _now));

        await using var context = world.Context();
        var plan = await context.Subscriptions.SingleAsync(row => row.RingTokenId == home.Link);
        Assert.Equal((active, "paid"), (plan.Active, plan.SubType));
        Assert.Equal([home.RingDevice], plan.RingDeviceIds);
        Assert.Contains(await world.AskedAsync(home), request => request.Kind == SyncKind.Subscriptions);
        Assert.Contains(new FeedChange(home.User, FeedKind.Plan), world.Changes(home));
    }

    [Fact]
    public async Task An_Older_Word_About_A_Plan_Does_Not_Win()
    {
        var home = await world.HouseholdAsync(_now);
        await world.DeliverAsync(Plan("subscription_deactivated", home, "sub-1", _now));

        await world.DeliverAsync(Plan("subscription_activated", home, "sub-1", _now.AddMinutes(-1)));

        await using var context = world.Context();
        Assert.False((await context.Subscriptions.SingleAsync(row => row.RingTokenId == home.Link)).Active);
    }

    private static byte[] OfAccount(string type, Household home, DateTimeOffset at) =>
        EventWorld.Event(type, home.Account, home.Account, at, root => root["data"]!["attributes"]!["source_type"] = "users");

    private static byte[] Plan(string type, Household home, string id, DateTimeOffset sentAt) => EventWorld.Event(type, home.Account, "subscriptions", null, root =>
    {
        root["meta"]!["time"] = sentAt.ToString("O");
        root["data"]!["attributes"] = new JsonObject { ["source"] = "subscriptions", ["source_id"] = id, ["sub_type"] = "paid", ["plan_id"] = "6b0f7a52" };
        root["data"]!["relationships"] = new JsonObject
        {
            ["devices"] = new JsonObject { ["data"] = new JsonArray(new JsonObject { ["type"] = "device", ["id"] = home.RingDevice }) },
        };
    });
}
