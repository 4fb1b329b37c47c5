using Microsoft.EntityFrameworkCore;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Devices;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class DeviceSyncTests(CameraWorld world) : IClassFixture<CameraWorld>
{
    [Fact]
    public async Task Every_Shared_Camera_Is_Kept_With_Its_Facts_And_Without_Privacy_Zones()
    {
        var person = await world.LinkAsync();

        var devices = await world.DevicesAsync(person);

        Assert.Equal(["Camera 1", "Camera 2"], devices.Select(device => device.Name));
        Assert.All(devices, device => Assert.Equal((true, "US", "CA"), (device.Online, device.Country, device.Region)));
        Assert.All(devices, device => Assert.NotNull(device.LastOnlineAt));
        var zoned = devices[1];
        Assert.Contains("2160", zoned.Capabilities, StringComparison.Ordinal);
        Assert.Contains("9b1de0c2-2f5e-4f7a-a8c6-51d4c0a7e201", zoned.Configurations, StringComparison.Ordinal);
        Assert.DoesNotContain("9b1de0c2-2f5e-4f7a-a8c6-51d4c0a7e203", zoned.Configurations, StringComparison.Ordinal);
        Assert.DoesNotContain("privacy", zoned.Configurations, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Many_Listings_At_Once_Leave_Each_Camera_Once()
    {
        var person = await world.LinkAsync();
        var before = await world.DevicesAsync(person);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.SyncAsync(person)));

        Assert.All(results, result => Assert.Equal(2, result.Value));
        Assert.Equal(before.Select(device => device.Id), (await world.DevicesAsync(person)).Select(device => device.Id));
    }

    [Fact]
    public async Task A_Camera_That_Goes_Offline_Keeps_When_It_Was_Last_Seen()
    {
        var person = await world.LinkAsync();
        // Without the event that Ring would send: here the listing alone tells.
        var account = person.Ring.Account;
        world.Links.Ring.Accounts.Put(account with { Devices = [account.Devices[0] with { Online = false }, .. account.Devices.Skip(1)] });

        await world.SyncAsync(person);
        var first = (await world.DevicesAsync(person))[0];
        await world.SyncAsync(person);
        var second = (await world.DevicesAsync(person))[0];

        Assert.False(first.Online);
        Assert.NotNull(first.OfflineSince);
        Assert.True(first.LastOnlineAt < first.OfflineSince);
        Assert.Equal(first.OfflineSince, second.OfflineSince);
        Assert.True(second.StatusAt > first.StatusAt);
    }

    [Fact]
    public async Task A_Short_Listing_Removes_Nothing_And_Neither_Does_The_Next_Within_A_Minute()
    {
        var person = await world.LinkAsync();
        Hide(person, 0);

        await world.SyncAsync(person);
        await world.SyncAsync(person);

        var devices = await world.DevicesAsync(person);
        Assert.Equal(2, devices.Count);
        Assert.NotNull(devices[0].MissingSince);
        Assert.Null(devices[1].MissingSince);
    }

    [Fact]
    public async Task A_Camera_Goes_When_Two_Listings_A_Minute_Apart_Miss_It_And_Ring_Answers_404()
    {
        var person = await world.LinkAsync();
        Hide(person, 0);
        await world.SyncAsync(person);
        await world.LetMissingAgeAsync(person);
        var calls = world.Links.Ring.Calls.Count(RingOperation.Devices, person.Ring.Key, 404);

        await world.SyncAsync(person);

        Assert.Equal("Camera 2", Assert.Single(await world.DevicesAsync(person)).Name);
        Assert.Equal(calls + 1, world.Links.Ring.Calls.Count(RingOperation.Devices, person.Ring.Key, 404));
    }

    [Fact]
    public async Task A_Missing_Camera_Stays_When_Ring_Does_Not_Confirm_That_It_Is_Gone()
    {
        var person = await world.LinkAsync();
        Hide(person, 0);
        await world.SyncAsync(person);
        await world.LetMissingAgeAsync(person);
        using var listing = world.Links.Ring.Faults.Hold(RingOperation.Devices, afterEffect: true);
        var sync = world.SyncAsync(person);
        await listing.Arrived;
        world.Links.Ring.Faults.Add(Fault.Answer(RingOperation.Devices, 403));
        listing.Release();

        Assert.True((await sync).IsSuccess);
        Assert.Equal(2, (await world.DevicesAsync(person)).Count);
    }

    [Fact]
    public async Task A_Camera_That_A_Listing_Forgot_And_Ring_Still_Knows_Is_As_Before()
    {
        var person = await world.LinkAsync();
        Hide(person, 0);
        await world.SyncAsync(person);
        await world.LetMissingAgeAsync(person);
        using var listing = world.Links.Ring.Faults.Hold(RingOperation.Devices, afterEffect: true);
        var sync = world.SyncAsync(person);
        await listing.Arrived;
        world.Links.Ring.Accounts.Put(person.Ring.Account);
        listing.Release();
        await sync;

        var devices = await world.DevicesAsync(person);
        Assert.Equal(2, devices.Count);
        Assert.Null(devices[0].MissingSince);
        Assert.True(devices[0].Online);
    }

    [Fact]
    public async Task When_Ring_Refuses_Everything_Stays_And_The_Time_Is_Noted_Until_It_Answers()
    {
        var person = await world.LinkAsync();
        world.Links.Ring.Faults.Add(Fault.Answer(RingOperation.Devices, 403));

        var failed = await world.SyncAsync(person);
        var since = await FailedAtAsync(person);
        var listed = await world.SyncAsync(person);

        Assert.IsType<RingFailure.Forbidden>(failed.Failure);
        Assert.NotNull(since);
        Assert.Equal(2, (await world.DevicesAsync(person)).Count);
        Assert.True(listed.IsSuccess);
        Assert.Null(await FailedAtAsync(person));
    }

    [Fact]
    public async Task A_Listing_That_Arrives_After_The_Link_Ended_Stores_Nothing()
    {
        var person = await world.LinkAsync();
        using var listing = world.Links.Ring.Faults.Hold(RingOperation.Devices, afterEffect: true);
        var sync = world.SyncAsync(person);
        await listing.Arrived;
        await EndAsync(person);
        listing.Release();

        Assert.IsType<RingFailure.NotFound>((await sync).Failure);
        Assert.Empty(await world.DevicesAsync(person));
    }

    private void Hide(LinkedPerson person, int camera)
    {
        var account = person.Ring.Account;
        world.Links.Ring.Accounts.Put(account with { Devices = [.. account.Devices.Select((device, at) => at == camera ? device with { Shared = false } : device)] });
    }

    private async Task<DateTimeOffset?> FailedAtAsync(LinkedPerson person)
    {
        await using var context = world.Links.Database.CreateContext();
        return await context.RingTokens.Where(token => token.Id == person.Link).Select(token => token.DevicesSyncFailedAt).SingleAsync();
    }

    private async Task EndAsync(LinkedPerson person)
    {
        await world.Links.Database.ExecuteAsync($"UPDATE ring_tokens SET state = 'REMOVED', sealed_code = NULL, sealed_code_verifier = NULL, sealed_access_token = NULL, sealed_refresh_token = NULL, sealed_nonce = NULL WHERE id = '{person.Link}'");
        await world.Links.Database.ExecuteAsync($"DELETE FROM devices WHERE ring_token_id = '{person.Link}'");
    }
}
