using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data;
using RingPortal.Data.Media;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Teardown;
using RingPortal.Web.Features.Media;
using RingPortal.Web.Features.Media.Album;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Media;

/// <summary>An album from the schedule to the picture, with Ring's simulator: real tokens, real redirects, real pictures.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AlbumWithRingTests(TeardownWorld world) : IClassFixture<TeardownWorld>
{
    private static readonly AlbumChoice s_hourly = new(new TimeOnly(8, 0), 1, "Europe/Berlin", 7);

    [Fact]
    public async Task What_Happened_Is_In_The_Album_What_Did_Not_Is_Said_And_A_Still_Is_One_Of_Those_That_Ring_Keeps()
    {
        var household = await world.HouseholdAsync(cameras: 3, events: 0);
        await world.Database.ExecuteAsync($"UPDATE ring_tokens SET linked_at = now() - interval '2 days' WHERE id = '{household.Link}'; UPDATE devices SET added_at = now() - interval '2 days' WHERE ring_token_id = '{household.Link}'");
        world.Ring.Settings.History = new() { ConsentedSince = DateTimeOffset.UnixEpoch };
        world.Ring.Settings.Media = world.Ring.Settings.Media with { SnapshotMinutes = 0 };
        var slots = new List<DateTimeOffset>();
        foreach (var camera in household.Cameras)
        {
            slots.Add(await DueAsync(household, camera));
        }

        // Somebody came ten minutes before the first camera's moment; nothing at the second; the third is offline.
        world.Ring.History.Add(household.Ring.Key, household.Ring.Account.Devices[0].Id, "motion", slots[0].AddMinutes(-10), subType: "human");
        await world.Database.ExecuteAsync($"UPDATE devices SET online = false WHERE id = '{household.Cameras[2]}'");
        await Task.WhenAll(household.Cameras.SelectMany(camera => new[] { RunAsync(world.First, camera), RunAsync(world.Second, camera) }));

        var first = Assert.Single(await EntriesAsync(household.Cameras[0]));
        Assert.Equal((SnapshotOutcome.Kept, SnapshotOrigin.Recording), (first.Outcome, first.Origin));
        Assert.InRange(first.TakenAt!.Value, slots[0].AddMinutes(-10), slots[0].AddMinutes(-9));
        Assert.Equal(SnapshotOutcome.Nothing, Assert.Single(await EntriesAsync(household.Cameras[1])).Outcome);
        Assert.Equal(SnapshotOutcome.Offline, Assert.Single(await EntriesAsync(household.Cameras[2])).Outcome);
        Assert.Equal(2, world.Ring.Calls.Count(RingOperation.ImageDownload, household.Ring.Key));

        // Stills that Ring stores by itself.
        world.Ring.Settings.Media = world.Ring.Settings.Media with { SnapshotMinutes = 1 };
        await DueAsync(household, household.Cameras[1], DateTimeOffset.UtcNow.AddSeconds(-1));
        await RunAsync(world.Second, household.Cameras[1]);
        var still = (await EntriesAsync(household.Cameras[1])).Single(entry => entry.Outcome is SnapshotOutcome.Kept);
        Assert.Equal(SnapshotOrigin.Snapshot, still.Origin);
        await using var scope = world.First.Services.CreateAsyncScope();
        var opened = await world.First.Services.GetRequiredService<SnapshotStore>()
            .OfAlbumAsync(scope.ServiceProvider.GetRequiredService<RingPortalContext>(), household.UserId, still.Id, CancellationToken.None);
        Assert.Equal(new ImageHeader(still.Width!.Value, still.Height!.Value, NeedsMore: false), ImageHeader.Read(MediaFormat.Jpeg, opened!.Value.Picture.Content));
    }

    private async Task<DateTimeOffset> DueAsync(Household household, Guid camera, DateTimeOffset? at = null)
    {
        var next = await world.First.Services.GetRequiredService<AlbumSchedules>().SaveAsync(household.UserId, camera, s_hourly, CancellationToken.None);
        var slot = at ?? next!.Value.AddHours(-1);
        await world.Database.ExecuteAsync($"UPDATE snapshot_schedules SET next_slot = '{slot:O}', next_attempt_at = '{slot:O}' WHERE device_id = '{camera}'");
        return slot;
    }

    private async Task RunAsync(PortalHost portal, Guid camera)
    {
        var schedule = await world.Database.ScalarAsync<Guid>($"SELECT id FROM snapshot_schedules WHERE device_id = '{camera}'");
        await using var scope = portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await scope.ServiceProvider.GetRequiredService<TakeSnapshotJob>().RunAsync(schedule, CancellationToken.None);
    }

    private async Task<List<Snapshot>> EntriesAsync(Guid camera)
    {
        await using var context = world.Database.CreateContext();
        return await context.Snapshots.AsNoTracking().Where(entry => entry.DeviceId == camera && entry.Slot != null).OrderBy(entry => entry.Slot).ToListAsync();
    }
}
