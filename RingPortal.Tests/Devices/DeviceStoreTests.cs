using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Devices;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Devices;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class DeviceStoreTests(CameraWorld world) : IClassFixture<CameraWorld>
{
    [Fact]
    public async Task A_Status_That_Ring_Left_Out_Is_Unknown_And_Not_Offline()
    {
        var person = await world.LinkAsync();

        await SaveAsync(person, Told(person) with { Online = null });

        var device = await FirstAsync(person);
        Assert.Null(device.Online);
        Assert.Null(device.OfflineSince);
        Assert.NotNull(device.LastOnlineAt);
    }

    [Fact]
    public async Task What_A_Model_Can_Do_And_Its_Name_Outlive_An_Answer_Without_Them()
    {
        var person = await world.LinkAsync();

        await SaveAsync(person, Told(person) with { Name = null, Capabilities = null, Configurations = null, Country = null, State = null });

        var device = await FirstAsync(person);
        Assert.Equal(("Camera 1", "US", "CA"), (device.Name, device.Country, device.Region));
        Assert.NotNull(device.Capabilities);
        Assert.Null(device.Configurations);
    }

    [Fact]
    public async Task An_Answer_To_An_Older_Question_Changes_Nothing()
    {
        var person = await world.LinkAsync();

        await SaveAsync(person, Told(person) with { Name = "Old name", Online = false }, DateTimeOffset.UnixEpoch);

        var device = await FirstAsync(person);
        Assert.Equal(("Camera 1", true), (device.Name, device.Online));
    }

    [Fact]
    public async Task News_From_After_The_Question_Win_Over_The_Listing()
    {
        var person = await world.LinkAsync();
        await world.Links.Database.ExecuteAsync($"UPDATE devices SET online = false, status_at = status_at + interval '1 hour' WHERE ring_token_id = '{person.Link}'");

        await SaveAsync(person, Told(person) with { Name = "New name", Online = true });

        var device = await FirstAsync(person);
        Assert.Equal(("New name", false), (device.Name, device.Online));
    }

    [Fact]
    public async Task A_Camera_Without_A_Name_And_One_With_A_Very_Long_One_Are_Kept()
    {
        var person = await world.LinkAsync();

        await SaveAsync(person, Told(person) with { Id = "unnamed", Name = null }, Told(person) with { Id = "long", Name = new string('x', 199) + "😀" });

        var names = (await world.DevicesAsync(person)).Select(device => device.Name).ToList();
        Assert.Contains("Camera", names);
        Assert.Contains(new string('x', 199), names);
    }

    private static RingDevice Told(LinkedPerson person) =>
        new(person.Ring.Account.Devices[0].Id, "Camera 1", true, CameraViews.Best, CameraViews.Settings(RingSwitch.On, 1), "US", "CA");

    private Task SaveAsync(LinkedPerson person, params RingDevice[] told) => SaveAsync(person, told, TimeProvider.System.GetUtcNow());

    private Task SaveAsync(LinkedPerson person, RingDevice told, DateTimeOffset asked) => SaveAsync(person, [told], asked);

    private async Task SaveAsync(LinkedPerson person, RingDevice[] told, DateTimeOffset asked)
    {
        await using var scope = world.Links.Portal.Services.CreateAsyncScope();
        Assert.True(await scope.ServiceProvider.GetRequiredService<DeviceStore>().SaveListingAsync(new DeviceListing(person.Link, asked, told), CancellationToken.None));
    }

    private async Task<Device> FirstAsync(LinkedPerson person) =>
        (await world.DevicesAsync(person)).Single(device => device.RingDeviceId == person.Ring.Account.Devices[0].Id);
}
