using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Devices;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.LiveView;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Teardown;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class TearDownDeviceTests(TeardownWorld world) : IClassFixture<TeardownWorld>
{
    private static readonly string[] s_steps = ["marked", "sessions", "work", "archive", "delete", "told"];

    [Fact]
    public async Task A_Removed_Camera_Leaves_Nothing_But_Its_Archive_And_Its_Records()
    {
        var household = await world.HouseholdAsync(events: 25);
        await world.WatchAsync(household);
        var teardown = await world.RemoveCameraAsync(household);

        Assert.Null(await TeardownWorld.RunAsync(world.First, teardown));

        var work = await world.WorkAsync(teardown);
        Assert.NotNull(work.CompletedAt);
        Assert.Null(work.LastError);
        var steps = await world.StepsAsync(teardown);
        Assert.Equal(s_steps, steps.Select(step => step.Name));
        Assert.All(steps, step => Assert.True(step is { FinishedAt: not null, Attempts: 1, LastError: null }, step.Name));
        Assert.Equal(["pages changed", "1 ended", "0 schedules, 1 reading and 1 notice cancelled"], steps.Take(3).Select(step => step.Result));
        Assert.Equal(1, world.Ended(household));
        Assert.DoesNotContain(world.Ring.Sessions.Opened, session => session.AccountKey == household.Ring.Key);
        Assert.Equal(0, await RowsOfCameraAsync(household.Cameras[0], household.Ring.Account.Devices[0].Id));
        // The other camera of the household is untouched.
        Assert.Equal(28, await RowsOfCameraAsync(household.Cameras[1], household.Ring.Account.Devices[1].Id));
    }

    [Fact]
    public async Task What_Is_Asked_For_A_Camera_That_Is_Shared_Again_Meanwhile_Outlives_The_Teardown()
    {
        var household = await world.HouseholdAsync(cameras: 1);
        var teardown = await world.RemoveCameraAsync(household);
        await using (var context = world.Database.CreateContext())
        {
            await context.AskAsync(household.Link, SyncKind.Devices, household.Ring.Account.Devices[0].Id, DateTimeOffset.UtcNow, CancellationToken.None);
        }

        Assert.Null(await TeardownWorld.RunAsync(world.First, teardown));

        Assert.Equal(1, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM sync_requests WHERE ring_token_id = '{household.Link}' AND ring_device_id <> ''"));
    }

    [Fact]
    public async Task The_Archive_Holds_Everything_As_It_Was_And_The_Trail_Its_Digest()
    {
        var household = await world.HouseholdAsync(events: 1_234);
        await world.WatchAsync(household);
        var teardown = await world.RemoveCameraAsync(household);
        await TeardownWorld.RunAsync(world.First, teardown);

        await using var context = world.Database.CreateContext();
        var archive = await context.Archives.SingleAsync(row => row.TeardownId == teardown);
        Assert.Equal(archive.Digest, SHA256.HashData(archive.Content));
        var record = await context.AuditRecords.SingleAsync(row => row.ArchiveId == archive.Id);
        Assert.Equal(("device.archived", $"device:{household.Cameras[0]}"), (record.Action, record.Target));
        Assert.Equal(archive.Digest, record.ArchiveDigest);
        Assert.Equal(archive.SubjectId, record.SubjectId);

        using var document = JsonDocument.Parse((await OpenAsync(archive.Id, household.UserId))!);
        Assert.Equal(teardown, document.RootElement.GetProperty("teardown").GetProperty("id").GetGuid());
        var camera = Assert.Single(document.RootElement.GetProperty("cameras").EnumerateArray());
        Assert.Equal("Camera 1", camera.GetProperty("camera").GetProperty("name").GetString());
        Assert.Contains("1080", camera.GetProperty("camera").GetProperty("capabilities").GetString(), StringComparison.Ordinal);
        Assert.True(camera.GetProperty("notifications").GetProperty("press").GetBoolean());
        Assert.Equal(1_234, camera.GetProperty("events").GetArrayLength());
        Assert.Equal("removed", camera.GetProperty("liveViews")[0].GetProperty("endReason").GetString());
        var opened = await context.AuditRecords.SingleAsync(row => row.Action == "archive.opened" && row.Target == $"archive:{archive.Id}");
        Assert.Equal("somebody asked for their data", opened.Reason);
    }

    [Fact]
    public async Task An_Archive_That_Was_Moved_Or_Changed_Does_Not_Open_And_None_Opens_After_Erasure()
    {
        var household = await world.HouseholdAsync();
        var (one, other) = (await world.RemoveCameraAsync(household), await world.RemoveCameraAsync(household, 1));
        await TeardownWorld.RunAsync(world.First, one);
        await TeardownWorld.RunAsync(world.First, other);
        await using var context = world.Database.CreateContext();
        var archives = await context.Archives.AsNoTracking().Where(row => row.TeardownId == one || row.TeardownId == other).ToListAsync();

        await world.AsOwnerAsync($"UPDATE archives SET content = (SELECT content FROM archives WHERE id = '{archives[1].Id}') WHERE id = '{archives[0].Id}'");
        await Assert.ThrowsAnyAsync<CryptographicException>(() => OpenAsync(archives[0].Id, household.UserId));
        Assert.NotNull(await OpenAsync(archives[1].Id, household.UserId));

        await using (var scope = world.First.Services.CreateAsyncScope())
        {
            Assert.True(await scope.ServiceProvider.GetRequiredService<AuditSubjects>().EraseAsync(context, household.UserId, CancellationToken.None));
            await context.SaveChangesAsync();
        }

        Assert.Null(await OpenAsync(archives[1].Id, household.UserId));
        Assert.Equal(0, await context.AuditSubjects.CountAsync(subject => subject.UserId == household.UserId));
        Assert.Equal(2, await context.AuditRecords.CountAsync(record => record.Action == "device.archived" && record.SubjectId == archives[0].SubjectId));
    }

    [Fact]
    public async Task Many_Runs_At_Once_And_In_A_Row_Have_One_Effect()
    {
        var household = await world.HouseholdAsync(events: 300);
        await world.WatchAsync(household);
        var teardown = await world.RemoveCameraAsync(household);

        var pauses = await Task.WhenAll(Enumerable.Range(0, 6).Select(run => TeardownWorld.RunAsync(run % 2 == 0 ? world.First : world.Second, teardown)));
        foreach (var portal in new[] { world.First, world.Second, world.First })
        {
            Assert.Null(await TeardownWorld.RunAsync(portal, teardown));
        }

        Assert.Contains(null, pauses);
        Assert.All(await world.StepsAsync(teardown), step => Assert.Equal(1, step.Attempts));
        Assert.Equal(1, (await world.WorkAsync(teardown)).Attempts);
        Assert.Equal(1, world.Ended(household));
        Assert.Equal(1, await CountAsync($"archives WHERE teardown_id = '{teardown}'"));
        Assert.Equal(1, await CountAsync($"audit_records WHERE action = 'device.archived' AND target = 'device:{household.Cameras[0]}'"));
        Assert.Equal(1, await CountAsync($"audit_records WHERE action = 'device.removed' AND target = 'device:{household.Cameras[0]}'"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(401)]
    public async Task Ring_Saying_That_It_Knows_Neither_The_Live_View_Nor_Us_Counts_As_Done(int status)
    {
        var household = await world.HouseholdAsync();
        var session = await world.WatchAsync(household);
        if (status == 401)
        {
            world.Ring.RevokeTokens(household.Ring.Key);
        }
        else
        {
            world.Ring.Faults.Add(Fault.Answer(RingOperation.LiveSessionDelete, 404));
        }

        var teardown = await world.RemoveCameraAsync(household);
        await TeardownWorld.RunAsync(world.First, teardown);

        Assert.Equal("1 ended", (await world.StepsAsync(teardown))[1].Result);
        Assert.Equal(0, await CountAsync($"live_sessions WHERE id = '{session}' AND closed_at IS NULL"));
    }

    [Fact]
    public async Task A_Ring_That_Is_Away_Delays_A_Removal_By_Seconds_And_The_Sweep_Ends_The_Live_View_Once()
    {
        var household = await world.HouseholdAsync();
        var session = await world.WatchAsync(household);
        world.Ring.Faults.Add(Fault.Answer(RingOperation.LiveSessionDelete, 503, times: 3));
        var teardown = await world.RemoveCameraAsync(household);

        await TeardownWorld.RunAsync(world.First, teardown);

        var work = await world.WorkAsync(teardown);
        Assert.True(work.CompletedAt - work.RequestedAt < TimeSpan.FromSeconds(60));
        Assert.Equal("0 ended, 1 left to the sweep", (await world.StepsAsync(teardown))[1].Result);
        world.Ring.Faults.Clear();
        await world.Database.ExecuteAsync($"UPDATE live_sessions SET next_attempt_at = now() - interval '1 second' WHERE id = '{session}'");
        await Task.WhenAll(SweepLiveViewsAsync(world.First), SweepLiveViewsAsync(world.Second));
        await SweepLiveViewsAsync(world.First);
        Assert.Equal(1, world.Ended(household));
        Assert.Equal(1, await CountAsync($"live_sessions WHERE id = '{session}' AND closed_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_Connection_That_Breaks_After_Ring_Ended_The_Live_View_Ends_It_Once()
    {
        var household = await world.HouseholdAsync();
        await world.WatchAsync(household);
        world.Ring.Faults.Add(Fault.Drop(RingOperation.LiveSessionDelete, afterEffect: true));
        var teardown = await world.RemoveCameraAsync(household);

        await TeardownWorld.RunAsync(world.First, teardown);

        Assert.Equal("1 ended", (await world.StepsAsync(teardown))[1].Result);
        Assert.DoesNotContain(world.Ring.Sessions.Opened, opened => opened.AccountKey == household.Ring.Key);
        Assert.Equal(1, world.Ring.Calls.Count(RingOperation.LiveSessionDelete, household.Ring.Key, 404));
    }

    [Fact]
    public async Task Events_Go_In_Chunks_And_A_Failure_Between_Them_Loses_Nothing()
    {
        var household = await world.HouseholdAsync(cameras: 1, events: 0);
        var camera = household.Cameras[0];
        await world.Database.ExecuteAsync(
            $"INSERT INTO device_events (id, device_id, user_id, kind, occurred_at, recorded_at, source_key) SELECT gen_random_uuid(), '{camera}', '{household.UserId}', 'Motion', now() - n * interval '1 second', now(), 'e' || n FROM generate_series(1, 5000) n");
        var teardown = await world.RemoveCameraAsync(household);
        await using (var busy = await world.ConnectAsOwnerAsync())
        await using (var transaction = await busy.BeginTransactionAsync())
        {
            // Somebody holds one of the newest rows: the run that reaches it gives up after its lock timeout.
            await using var holding = new Npgsql.NpgsqlCommand($"SELECT 1 FROM device_events WHERE device_id = '{camera}' ORDER BY occurred_at DESC LIMIT 1 FOR UPDATE", busy, transaction);
            await holding.ExecuteNonQueryAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => TeardownWorld.RunAsync(world.First, teardown));
        }

        var left = await CountAsync($"device_events WHERE device_id = '{camera}'");
        Assert.InRange(left, 1, 5000);
        Assert.Equal("delete: 55P03 canceling statement due to lock timeout", (await world.WorkAsync(teardown)).LastError);
        await world.MakeDueAsync(teardown);
        Assert.Null(await TeardownWorld.RunAsync(world.Second, teardown));
        Assert.Equal(0, await CountAsync($"device_events WHERE device_id = '{camera}'"));
        Assert.Equal(0, await CountAsync($"devices WHERE id = '{camera}'"));
        Assert.Equal([1, 1, 1, 1, 2, 1], (await world.StepsAsync(teardown)).Select(step => step.Attempts));
    }

    private async Task<byte[]?> OpenAsync(Guid archive, Guid asker)
    {
        await using var scope = world.Second.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await using var context = world.Database.CreateContext();
        var document = await scope.ServiceProvider.GetRequiredService<Archives>().OpenAsync(context, archive, asker, "somebody asked for their data", CancellationToken.None);
        await context.SaveChangesAsync();
        return document;
    }

    private static async Task SweepLiveViewsAsync(PortalHost portal)
    {
        await using var scope = portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await scope.ServiceProvider.GetRequiredService<EndLiveSessionsJob>().SweepAsync(CancellationToken.None);
    }

    private Task<long> RowsOfCameraAsync(Guid camera, string ringDevice) => world.Database.ScalarAsync<long>(
        $"""
        SELECT (SELECT count(*) FROM devices WHERE id = '{camera}') + (SELECT count(*) FROM device_events WHERE device_id = '{camera}')
             + (SELECT count(*) FROM notification_preferences WHERE device_id = '{camera}') + (SELECT count(*) FROM live_sessions WHERE device_id = '{camera}')
             + (SELECT count(*) FROM sync_requests WHERE ring_device_id = '{ringDevice}')
        """);

    private Task<long> CountAsync(string what) => world.Database.ScalarAsync<long>($"SELECT count(*) FROM {what}");
}
