using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Teardown;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Devices;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Web.Features.Linking;

namespace RingPortal.Tests.Teardown;

/// <summary>The ways to a teardown that do not begin with a delivery, in a running portal with its own jobs.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class DisconnectTests(CameraWorld world) : IClassFixture<CameraWorld>
{
    [Fact]
    public async Task Disconnecting_Tears_Down_And_Remembers_The_Ring_Account_Until_It_Is_Connected_Again()
    {
        var person = await world.LinkAsync();
        var address = $"/Account/RingAccounts/{person.Link}/Disconnect";

        var done = await person.Browser.SubmitAsync(await person.Browser.OpenAsync(address), address);

        Assert.Contains("Disconnected", done.Heading, StringComparison.Ordinal);
        var work = await CompletedAsync(person.Link, TeardownKind.Integration);
        Assert.Equal(TeardownCause.Person, work.Cause);
        await using var context = world.Links.Database.CreateContext();
        Assert.Equal(0, await context.Devices.IgnoreQueryFilters().CountAsync(device => device.RingTokenId == person.Link));
        var hash = DisconnectedAccounts.HashOf(person.Ring.AccountId);
        Assert.Equal(1, await context.DisconnectedAccounts.CountAsync(account => account.AccountHash == hash));
        Assert.Equal(1, await context.AuditRecords.CountAsync(record => record.Action == "link.ended" && record.Target == $"link:{person.Link}" && record.ActorId == record.SubjectId));

        await world.Links.Ring.InstallAsync(person.Ring.Key);
        await world.Links.UntilStateAsync(person.Ring, "UNCLAIMED");
        using var again = new Visitor(world.Links.Portal);
        await again.ConnectAsync(await again.ReachConsentAsync(world.Links.Ring.BeginLink(person.Ring.Key), $"{Guid.NewGuid():N}@example.org"));
        await again.UntilAsync("Done");
        Assert.Equal(0, await context.DisconnectedAccounts.CountAsync(account => account.AccountHash == hash));
    }

    [Fact]
    public async Task A_Camera_That_Ring_No_Longer_Knows_Goes_The_Way_Of_A_Removed_One()
    {
        var person = await world.LinkAsync();
        var account = person.Ring.Account;
        world.Links.Ring.Accounts.Put(account with { Devices = [account.Devices[0] with { Shared = false }, account.Devices[1]] });
        await world.SyncAsync(person);
        await world.LetMissingAgeAsync(person);

        await world.SyncAsync(person);

        var work = await CompletedAsync(person.Link, TeardownKind.Device);
        Assert.Equal((TeardownCause.Listing, account.Devices[0].Id), (work.Cause, work.RingDeviceId));
        await using var context = world.Links.Database.CreateContext();
        Assert.Equal("Camera 2", (await context.Devices.IgnoreQueryFilters().SingleAsync(device => device.RingTokenId == person.Link)).Name);
        Assert.Equal(0, world.Links.Ring.Calls.Count(RingOperation.LiveSessionDelete, person.Ring.Key));
    }

    private async Task<TeardownWork> CompletedAsync(Guid link, TeardownKind kind)
    {
        await using var context = world.Links.Database.CreateContext();
        await Eventually.TrueAsync(
            () => context.Teardowns.AnyAsync(work => work.RingTokenId == link && work.Kind == kind && work.CompletedAt != null), TimeSpan.FromSeconds(60), "complete");
        return await context.Teardowns.AsNoTracking().SingleAsync(work => work.RingTokenId == link && work.Kind == kind);
    }
}
