using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Devices;
using RingPortal.Data.Events;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Events;
using RingPortal.Tests.Devices;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Webhooks.Dispatch;

/// <summary>From Ring's cloud over HTTP, through inbox, dispatcher and jobs, to what the household sees.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RingToHouseholdTests(CameraWorld world) : IClassFixture<CameraWorld>
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_Press_And_A_Motion_Stand_In_The_Timeline_Once()
    {
        var person = await world.LinkAsync();
        var doorbell = person.Ring.Account.Devices[0].Id;

        world.Links.Ring.Events.Press(person.Ring.Key, doorbell, new EventOptions { Copies = 3 });
        world.Links.Ring.Events.Motion(person.Ring.Key, doorbell, MotionKind.Human, new EventOptions { MotionForm = MotionForm.InAttributes });

        await Eventually.TrueAsync(async () => (await TimelineAsync(person)).Count == 2, s_soon);
        var timeline = await TimelineAsync(person);
        Assert.Contains(timeline, entry => entry.Kind is DeviceEventKind.Press);
        Assert.Contains(timeline, entry => entry is { Kind: DeviceEventKind.Motion, SubType: "human" });
    }

    [Fact]
    public async Task A_Camera_Goes_Offline_And_Comes_Back()
    {
        var person = await world.LinkAsync();
        var camera = person.Ring.Account.Devices[1].Id;

        world.Links.Ring.Accounts.SetOnline(person.Ring.Key, camera, false);
        await Eventually.TrueAsync(async () => (await CameraAsync(person, camera))!.Online is false, s_soon);
        world.Links.Ring.Accounts.SetOnline(person.Ring.Key, camera, true);
        await Eventually.TrueAsync(async () => (await CameraAsync(person, camera))!.Online is true, s_soon);
    }

    [Theory]
    [InlineData(RemovalCause.TakenOut)]
    [InlineData(RemovalCause.DeletedAtRing)]
    [InlineData(RemovalCause.PermissionRevoked)]
    public async Task A_Removed_Camera_Disappears_And_One_That_Returns_Appears(RemovalCause cause)
    {
        var person = await world.LinkAsync();
        var camera = person.Ring.Account.Devices[1].Id;

        world.Links.Ring.Accounts.RemoveDevice(person.Ring.Key, camera, cause);
        await Eventually.TrueAsync(async () => await CameraAsync(person, camera) is null, s_soon);

        if (cause is not RemovalCause.DeletedAtRing)
        {
            world.Links.Ring.Accounts.ReturnDevice(person.Ring.Key, camera);
            await Eventually.TrueAsync(async () => await CameraAsync(person, camera) is not null, s_soon);
        }
    }

    [Fact]
    public async Task What_Happened_Before_Anybody_Held_The_Account_Is_There_After_Linking()
    {
        var person = await world.Links.InstallAsync();
        world.Links.Ring.Events.Press(person.Key, person.Account.Devices[0].Id);
        await world.Links.Ring.WhenEventsDeliveredAsync();
        await Eventually.TrueAsync(async () => await world.Links.Database.ScalarAsync<long>($"SELECT count(*) FROM webhook_inbox WHERE account_id = '{person.AccountId}' AND event_type = 'button_press' AND state = 'Parked'") == 1, s_soon);

        var visitor = new Visitor(world.Links.Portal);
        await visitor.ConnectAsync(await visitor.ReachConsentAsync(world.Links.Ring.BeginLink(person.Key), $"{person.Key}@example.org"));
        await visitor.UntilAsync("Done");

        await Eventually.TrueAsync(
            async () => await world.Links.Database.ScalarAsync<long>($"SELECT count(*) FROM device_events JOIN devices ON devices.id = device_id WHERE ring_device_id = '{person.Account.Devices[0].Id}'") == 1, s_soon);
    }

    private async Task<List<DeviceEvent>> TimelineAsync(LinkedPerson person)
    {
        await using var context = world.Links.Database.CreateContext();
        return await context.DeviceEvents.AsNoTracking().Where(entry => entry.UserId == person.UserId).ToListAsync();
    }

    private async Task<Device?> CameraAsync(LinkedPerson person, string ringDeviceId)
    {
        await using var context = world.Links.Database.CreateContext();
        return await context.Devices.AsNoTracking().SingleOrDefaultAsync(device => device.RingTokenId == person.Link && device.RingDeviceId == ringDeviceId);
    }
}
