using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Media;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Teardown;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Media.Album;

namespace RingPortal.Tests.Media;

/// <summary>What becomes of pictures and schedules when a camera, a connection or a person leaves.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class MediaTeardownTests(TeardownWorld world) : IClassFixture<TeardownWorld>
{
    [Fact]
    public async Task A_Removed_Camera_Takes_Its_Pictures_And_Its_Schedule_Along_And_The_Archive_Counts_Them()
    {
        var household = await world.HouseholdAsync();
        await FillAsync(household, household.Cameras[0]);
        await FillAsync(household, household.Cameras[1]);
        var teardown = await world.RemoveCameraAsync(household);
        Assert.Null(await world.First.Services.GetRequiredService<AlbumSchedules>().SaveAsync(household.UserId, household.Cameras[0], Choice, CancellationToken.None));

        await TeardownWorld.RunAsync(world.First, teardown);

        var results = (await world.StepsAsync(teardown)).ToDictionary(step => step.Name, step => step.Result);
        Assert.StartsWith("1 schedule,", results["work"], StringComparison.Ordinal);
        Assert.EndsWith(", 2 pictures", results["delete"], StringComparison.Ordinal);
        Assert.Equal((0L, 4L), (await RowsAsync(household.Cameras[0]), await RowsAsync(household.Cameras[1])));
        await using var context = world.Database.CreateContext();
        var archive = await context.Archives.AsNoTracking().SingleAsync(row => row.TeardownId == teardown);
        using var document = JsonDocument.Parse(await ReadAsync(household, archive.Id));
        var camera = document.RootElement.GetProperty("cameras")[0];
        Assert.Equal(2, camera.GetProperty("pictures").GetInt32());
        Assert.Equal(7, camera.GetProperty("schedule").GetProperty("keepDays").GetInt32());
    }

    [Fact]
    public async Task A_Connection_That_Ends_Takes_All_Of_It_Along()
    {
        var household = await world.HouseholdAsync();
        await FillAsync(household, household.Cameras[0]);
        await FillAsync(household, household.Cameras[1]);
        var teardown = await world.RemoveConnectionAsync(household);

        await TeardownWorld.RunAsync(world.Second, teardown);

        Assert.Equal(0L, await world.Database.ScalarAsync<long>(
            $"SELECT (SELECT count(*) FROM snapshots WHERE user_id = '{household.UserId}') + (SELECT count(*) FROM snapshot_schedules WHERE user_id = '{household.UserId}')"));
        Assert.EndsWith(", 4 pictures", (await world.StepsAsync(teardown)).Single(step => step.Name == "delete").Result, StringComparison.Ordinal);
    }

    private static AlbumChoice Choice => new(new TimeOnly(8, 0), null, "Europe/Berlin", 7);

    private Task<long> RowsAsync(Guid camera) => world.Database.ScalarAsync<long>(
        $"SELECT (SELECT count(*) FROM snapshots WHERE device_id = '{camera}') + (SELECT count(*) FROM snapshot_schedules WHERE device_id = '{camera}')");

    private async Task<byte[]> ReadAsync(Household household, Guid archive)
    {
        await using var scope = world.First.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortal.Data.RingPortalContext>();
        return (await scope.ServiceProvider.GetRequiredService<Archives>().OpenAsync(context, archive, household.UserId, "a test of the archive", CancellationToken.None))!;
    }

    /// <summary>A latest picture, one of the album, an entry without one, and a schedule.</summary>
    private async Task FillAsync(Household household, Guid camera)
    {
        Assert.NotNull(await world.First.Services.GetRequiredService<AlbumSchedules>().SaveAsync(household.UserId, camera, Choice, CancellationToken.None));
        var now = DateTimeOffset.UtcNow;
        await using var context = world.Database.CreateContext();
        foreach (var (slot, outcome) in new[] { ((DateTimeOffset?)null, SnapshotOutcome.Kept), (now.AddHours(-1), SnapshotOutcome.Kept), (now.AddHours(-2), SnapshotOutcome.Nothing) })
        {
            context.Snapshots.Add(new Snapshot
            {
                DeviceId = camera,
                UserId = household.UserId,
                Slot = slot,
                Outcome = outcome,
                MediaType = outcome is SnapshotOutcome.Kept ? "image/jpeg" : null,
                SealedContent = outcome is SnapshotOutcome.Kept ? [1, 2, 3] : null,
                StoredAt = now,
                KeepUntil = now.AddDays(7),
            });
        }

        await context.SaveChangesAsync();
    }
}
