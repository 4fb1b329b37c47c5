using Microsoft.Extensions.DependencyInjection;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Devices;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class DeviceRefreshTests(CameraWorld world) : IClassFixture<CameraWorld>
{
    private DeviceRefresh Refresh => world.Links.Portal.Services.GetRequiredService<DeviceRefresh>();

    [Fact]
    public async Task Fresh_Cameras_Are_Left_Alone()
    {
        var person = await world.LinkAsync();
        var before = Calls(person);

        Assert.False(await RefreshAsync(person));
        Assert.Equal(before, Calls(person));
    }

    [Fact]
    public async Task Many_Pages_At_Once_Ask_Ring_Once()
    {
        var person = await world.LinkAsync();
        await world.LetListingAgeAsync(person);
        var before = Calls(person);

        var refreshed = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RefreshAsync(person)));

        Assert.Single(refreshed, done => done);
        Assert.Equal(before + 1, Calls(person));
    }

    [Fact]
    public async Task A_Page_That_Leaves_Does_Not_Break_Off_What_It_Began()
    {
        var person = await world.LinkAsync();
        await world.LetListingAgeAsync(person);
        var account = person.Ring.Account;
        world.Links.Ring.Accounts.Put(account with { Devices = [account.Devices[0] with { Name = "Renamed" }, account.Devices[1]] });
        using var gate = world.Links.Ring.Faults.Hold(RingOperation.Devices);
        using var page = new CancellationTokenSource();
        var refresh = Refresh.RefreshIfOlderAsync(person.UserId, DeviceRefresh.Fresh, RingPriority.Interactive, page.Token);
        await gate.Arrived;

        await page.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => refresh);
        gate.Release();

        await Eventually.TrueAsync(async () => (await world.DevicesAsync(person)).Any(device => device.Name == "Renamed"), TimeSpan.FromSeconds(30));
    }

    private Task<bool> RefreshAsync(LinkedPerson person) =>
        Refresh.RefreshIfOlderAsync(person.UserId, DeviceRefresh.Fresh, RingPriority.Interactive, CancellationToken.None);

    private int Calls(LinkedPerson person) => world.Links.Ring.Calls.Count(RingOperation.Devices, person.Ring.Key);
}
