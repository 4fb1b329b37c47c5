using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Media;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Devices;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Media;
using RingPortal.Web.Features.Media.Album;

namespace RingPortal.Tests.Media;

/// <summary>An album from the schedule to the picture, with Ring's simulator: real tokens, real redirects, real pictures.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AlbumWithRingTests(CameraWorld world) : IClassFixture<CameraWorld>
{
    private static readonly AlbumChoice s_hourly = new(new TimeOnly(8, 0), 1, "Europe/Berlin", 7);

    [Fact]
    public async Task What_Happened_Is_In_The_Album_What_Did_Not_Is_Said_And_A_Still_Is_One_That_Ring_Stored()
    {
        var ring = world.Links.Ring;
        var person = await world.LinkAsync();
        var cameras = await world.DevicesAsync(person);
        await world.Links.Database.ExecuteAsync($"UPDATE ring_tokens SET linked_at = now() - interval '2 days' WHERE id = '{person.Link}'; UPDATE devices SET added_at = now() - interval '2 days' WHERE ring_token_id = '{person.Link}'");
        ring.Settings.History = new() { ConsentedSince = DateTimeOffset.UnixEpoch };
        ring.Settings.Media = ring.Settings.Media with { SnapshotMinutes = 0 };
        // Somebody came ten minutes before the moment of the first camera, and nobody to the second.
        var slot = await ChosenAsync(person, cameras[0].Id);
        ring.History.Add(person.Ring.Key, cameras[0].RingDeviceId, "motion", slot.AddMinutes(-10), subType: "human");
        await SetDueAsync(cameras[0].Id, slot);
        await SetDueAsync(cameras[1].Id, await ChosenAsync(person, cameras[1].Id));
        await Task.WhenAll(cameras.SelectMany(camera => new[] { RunAsync(camera.Id), RunAsync(camera.Id) }));

        var first = Assert.Single(await EntriesAsync(cameras[0].Id));
        Assert.Equal((SnapshotOutcome.Kept, SnapshotOrigin.Recording), (first.Outcome, first.Origin));
        Assert.InRange(first.TakenAt!.Value, slot.AddMinutes(-10), slot.AddMinutes(-9));
        Assert.Equal(SnapshotOutcome.Nothing, Assert.Single(await EntriesAsync(cameras[1].Id)).Outcome);
        Assert.Equal(2, ring.Calls.Count(RingOperation.ImageDownload, person.Ring.Key));

        // Stills that Ring stores by itself.
        ring.Settings.Media = ring.Settings.Media with { SnapshotMinutes = 1 };
        await SetDueAsync(cameras[1].Id, DateTimeOffset.UtcNow.AddSeconds(-1));
        await RunAsync(cameras[1].Id);
        var still = (await EntriesAsync(cameras[1].Id)).Single(entry => entry.Outcome is SnapshotOutcome.Kept);
        Assert.Equal(SnapshotOrigin.Snapshot, still.Origin);
        await using var context = world.Links.Database.CreateContext();
        var opened = await world.Links.Portal.Services.GetRequiredService<SnapshotStore>().OfAlbumAsync(context, person.UserId, still.Id, CancellationToken.None);
        Assert.Equal(new ImageHeader(still.Width!.Value, still.Height!.Value, NeedsMore: false), ImageHeader.Read(MediaFormat.Jpeg, opened!.Value.Picture.Content));
    }

    /// <summary>A schedule each hour; answers with its last moment.</summary>
    private async Task<DateTimeOffset> ChosenAsync(LinkedPerson person, Guid camera)
    {
        var next = await world.Links.Portal.Services.GetRequiredService<AlbumSchedules>().SaveAsync(person.UserId, camera, s_hourly, CancellationToken.None);
        return next!.Value.AddHours(-1);
    }

    /// <summary>From now on the portal's own timetable may be at it.</summary>
    private Task<int> SetDueAsync(Guid camera, DateTimeOffset slot) =>
        world.Links.Database.ExecuteAsync($"UPDATE snapshot_schedules SET next_slot = '{slot:O}', next_attempt_at = '{slot:O}' WHERE device_id = '{camera}'");

    private Task RunAsync(Guid camera) => world.Links.Portal.KeepAsync(world.Links.Database, camera);

    private async Task<List<Snapshot>> EntriesAsync(Guid camera)
    {
        await using var context = world.Links.Database.CreateContext();
        return await context.Snapshots.AsNoTracking().Where(entry => entry.DeviceId == camera && entry.Slot != null).OrderBy(entry => entry.Slot).ToListAsync();
    }
}
