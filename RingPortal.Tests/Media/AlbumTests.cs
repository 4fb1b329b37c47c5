using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Media;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Features.Media.Album;

namespace RingPortal.Tests.Media;

/// <summary>Albums: what is kept at the moments of a schedule, once, whoever works on it.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AlbumTests(MediaWorld world) : IClassFixture<MediaWorld>
{
    private static readonly AlbumChoice s_hourly = new(new TimeOnly(8, 0), 1, "Europe/Berlin", 10);

    [Fact]
    public async Task The_Latest_Picture_Of_The_Time_Since_The_Moment_Before_Is_Kept()
    {
        var person = await world.MoveInAsync();
        Serve();
        var slot = await DueAsync(person);

        await RunAsync(world.First, person);

        var entry = Assert.Single(await EntriesAsync(person));
        Assert.Equal((slot, SnapshotOutcome.Kept, SnapshotOrigin.Snapshot, 640, 360), (entry.Slot, entry.Outcome, entry.Origin, entry.Width, entry.Height));
        Assert.Equal(slot.AddDays(10).Date, entry.KeepUntil.Date, TimeSpan.FromDays(1));
        var body = Bodies(person).Single();
        Assert.Contains($"\"start_timestamp\":{slot.AddHours(-1).ToUnixTimeMilliseconds()},\"end_timestamp\":{slot.ToUnixTimeMilliseconds()}", body, StringComparison.Ordinal);
        Assert.Equal(slot.AddHours(1), await NextAsync(person));
        using var shown = await person.Browser.GetAsync($"/media/pictures/{entry.Id}");
        Assert.Equal(MediaBytes.Jpeg(), await shown.Content.ReadAsByteArrayAsync());
        using var stranger = (await world.MoveInAsync()).Browser;
        using var theirs = await stranger.GetAsync($"/media/pictures/{entry.Id}");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, theirs.StatusCode);
    }

    [Fact]
    public async Task Many_Workers_At_Two_Instances_Keep_One_Picture_And_Ask_Once()
    {
        var person = await world.MoveInAsync();
        Serve();
        await DueAsync(person);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => RunAsync(number % 2 == 0 ? world.First : world.Second, person)));
        await RunAsync(world.Second, person);

        Assert.Single(await EntriesAsync(person));
        Assert.Equal(1, person.Asked);
    }

    [Theory]
    [InlineData(416, SnapshotOutcome.Nothing)]
    [InlineData(404, SnapshotOutcome.Nothing)]
    [InlineData(403, SnapshotOutcome.Denied)]
    [InlineData(422, SnapshotOutcome.Failed)]
    public async Task No_Picture_Is_A_Normal_Entry(int status, SnapshotOutcome outcome)
    {
        var person = await world.MoveInAsync();
        world.Ring.Api.Answer = (http, _) => http.AnswerAsync(status);
        await DueAsync(person);

        await RunAsync(world.First, person);

        Assert.Equal((outcome, null), (Assert.Single(await EntriesAsync(person)).Outcome, (await EntriesAsync(person))[0].SealedContent));
    }

    [Theory]
    [InlineData("UPDATE devices SET online = false WHERE id = '{0}'", SnapshotOutcome.Offline)]
    [InlineData("UPDATE subscriptions SET active = false WHERE ring_subscription_id = 'plan-{0}'", SnapshotOutcome.Denied)]
    [InlineData("UPDATE devices SET added_at = now() WHERE id = '{0}'", SnapshotOutcome.Nothing)]
    public async Task An_Offline_Camera_One_Without_A_Plan_And_One_That_Was_Not_Shared_Then_Are_Not_Asked(string change, SnapshotOutcome outcome)
    {
        var person = await world.MoveInAsync();
        await DueAsync(person, () => world.Database.ExecuteAsync(string.Format(null, change, person.Camera)));

        await RunAsync(world.First, person);

        Assert.Equal(outcome, Assert.Single(await EntriesAsync(person)).Outcome);
        Assert.Equal(0, person.Asked);
    }

    [Fact]
    public async Task Ring_That_Is_Not_Ready_Is_Asked_Again_And_Given_Up_In_The_End()
    {
        var person = await world.MoveInAsync();
        world.Ring.Api.Answer = (http, _) => http.AnswerAsync(425);
        var slot = await DueAsync(person);
        for (var attempt = 1; attempt < 6; attempt++)
        {
            await RunAsync(world.First, person);
            Assert.Empty(await EntriesAsync(person));
            Assert.True(await world.Database.ScalarAsync<bool>($"SELECT next_attempt_at > now() + interval '10 seconds' AND next_slot = '{slot:O}' FROM snapshot_schedules WHERE device_id = '{person.Camera}'"));
            await world.Database.ExecuteAsync($"UPDATE snapshot_schedules SET next_attempt_at = now() WHERE device_id = '{person.Camera}'");
        }

        await RunAsync(world.First, person);
        Assert.Equal(SnapshotOutcome.Failed, Assert.Single(await EntriesAsync(person)).Outcome);
    }

    [Fact]
    public async Task What_Was_Missed_For_Two_Days_Is_Made_Up_For_And_Nothing_Older()
    {
        var person = await world.MoveInAsync();
        await SaveAsync(person, s_hourly with { EveryHours = 12 });
        var next = (await NextAsync(person))!.Value;
        Serve();
        await SetDueAsync(person, next.AddDays(-5));

        await RunAsync(world.First, person);

        var entries = await EntriesAsync(person);
        Assert.InRange(entries.Count, 4, 5);
        Assert.All(entries, entry => Assert.True(entry.Slot > DateTimeOffset.UtcNow.AddHours(-49)));
        Assert.True(await NextAsync(person) > DateTimeOffset.UtcNow);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_Is_Changed_Or_Turned_Off_Meanwhile_Keeps_Nothing(bool turnsOff)
    {
        var person = await world.MoveInAsync();
        Serve();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Ring.Api.Answer = async (http, _) =>
        {
            await gate.Task;
            await MediaRing.Redirect(http, 303, world.Ring.SignedAddress);
        };
        await DueAsync(person);
        var run = RunAsync(world.First, person);
        await Eventually.TrueAsync(() => person.Asked > 0, TimeSpan.FromSeconds(30));
        if (turnsOff)
        {
            await Schedules.TurnOffAsync(person.UserId, person.Camera, CancellationToken.None);
        }
        else
        {
            await SaveAsync(person, s_hourly with { EveryHours = 6 });
        }

        gate.SetResult();
        await run;

        Assert.Empty(await EntriesAsync(person));
        Assert.Equal(turnsOff, await NextAsync(person) is null);
    }

    [Fact]
    public async Task A_Choice_That_Is_None_And_A_Strangers_Camera_Change_Nothing()
    {
        var person = await world.MoveInAsync();
        var stranger = await world.MoveInAsync();
        Assert.Null(await Schedules.SaveAsync(person.UserId, person.Camera, s_hourly with { EveryHours = 5 }, CancellationToken.None));
        Assert.Null(await Schedules.SaveAsync(person.UserId, person.Camera, s_hourly with { KeepDays = 0 }, CancellationToken.None));
        Assert.Null(await Schedules.SaveAsync(person.UserId, person.Camera, s_hourly with { KeepDays = 31 }, CancellationToken.None));
        Assert.Null(await Schedules.SaveAsync(person.UserId, person.Camera, s_hourly with { TimeZone = "Mars/Base" }, CancellationToken.None));
        Assert.Null(await Schedules.SaveAsync(stranger.UserId, person.Camera, s_hourly, CancellationToken.None));
        Assert.Equal(0L, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM snapshot_schedules WHERE device_id = '{person.Camera}'"));

        Serve();
        await DueAsync(person);
        await RunAsync(world.First, person);
        var entry = Assert.Single(await EntriesAsync(person));
        await Schedules.TurnOffAsync(stranger.UserId, person.Camera, CancellationToken.None);
        Assert.NotNull(await NextAsync(person));
        Assert.False(await Schedules.DeleteAsync(stranger.UserId, entry.Id, CancellationToken.None));
        Assert.True(await Schedules.DeleteAsync(person.UserId, entry.Id, CancellationToken.None));
        Assert.Empty(await EntriesAsync(person));
    }

    [Fact]
    public async Task The_Pages_Tell_What_Is_There_And_What_Comes()
    {
        var person = await world.MoveInAsync();
        var off = await person.Browser.PageAsync($"/devices/{person.Camera}?tab=pictures");
        Assert.Contains("No pictures yet", off.Body!.TextContent, StringComparison.Ordinal);
        var form = await person.Browser.PageAsync($"/devices/{person.Camera}?tab=schedule");
        Assert.Contains("No pictures are kept now.", form.Body!.TextContent, StringComparison.Ordinal);

        Serve();
        await DueAsync(person);
        await RunAsync(world.First, person);
        world.Ring.Api.Answer = (http, _) => http.AnswerAsync(416);
        await SetDueAsync(person, DateTimeOffset.UtcNow.AddMinutes(-1));
        await RunAsync(world.First, person);

        var album = await person.Browser.PageAsync($"/devices/{person.Camera}?tab=pictures");
        var picture = (await EntriesAsync(person)).Single(entry => entry.Outcome is SnapshotOutcome.Kept);
        Assert.Equal($"/media/pictures/{picture.Id}", album.QuerySelector(".rp-tile img")!.GetAttribute("src"));
        Assert.Contains("Nothing was recorded", album.Body!.TextContent, StringComparison.Ordinal);
        var large = await person.Browser.PageAsync($"/devices/{person.Camera}?tab=pictures&picture={picture.Id}");
        Assert.Equal($"/media/pictures/{picture.Id}?download", large.QuerySelector("a[download]")!.GetAttribute("href"));
        Assert.Contains("Next picture: ", (await person.Browser.PageAsync($"/devices/{person.Camera}?tab=schedule")).Body!.TextContent, StringComparison.Ordinal);
    }

    private AlbumSchedules Schedules => world.First.Services.GetRequiredService<AlbumSchedules>();

    private void Serve()
    {
        world.Ring.Lead(303, world.Ring.SignedAddress);
        world.Ring.Serve("image/jpeg", MediaBytes.Jpeg(), headers: [("X-Media-Timestamp", "1790000300250"), ("X-Media-Origin", "snapshot")]);
    }

    private List<string> Bodies(MediaPerson person) => [.. world.Ring.Api.Calls.Where(call => call.Target.Contains(person.RingDevice, StringComparison.Ordinal)).Select(call => call.Body)];

    private async Task SaveAsync(MediaPerson person, AlbumChoice choice) => Assert.NotNull(await Schedules.SaveAsync(person.UserId, person.Camera, choice, CancellationToken.None));

    /// <summary>A schedule each hour whose last moment is due. From then on the portals' own timetable may be at it: everything else is done before.</summary>
    private async Task<DateTimeOffset> DueAsync(MediaPerson person, Func<Task>? before = null)
    {
        await SaveAsync(person, s_hourly);
        await (before?.Invoke() ?? Task.CompletedTask);
        var slot = (await NextAsync(person))!.Value.AddHours(-1);
        await SetDueAsync(person, slot);
        return slot;
    }

    private Task<int> SetDueAsync(MediaPerson person, DateTimeOffset slot) =>
        world.Database.ExecuteAsync($"UPDATE snapshot_schedules SET next_slot = '{slot:O}', next_attempt_at = '{slot:O}', attempts = 0 WHERE device_id = '{person.Camera}'");

    private async Task<DateTimeOffset?> NextAsync(MediaPerson person)
    {
        await using var context = world.Database.CreateContext();
        return await context.SnapshotSchedules.Where(schedule => schedule.DeviceId == person.Camera).Select(schedule => schedule.NextSlot).SingleAsync();
    }

    private async Task<List<Snapshot>> EntriesAsync(MediaPerson person)
    {
        await using var context = world.Database.CreateContext();
        return await context.Snapshots.AsNoTracking().Where(entry => entry.DeviceId == person.Camera && entry.Slot != null).OrderBy(entry => entry.Slot).ToListAsync();
    }

    private Task RunAsync(PortalHost portal, MediaPerson person) => portal.KeepAsync(world.Database, person.Camera);
}
