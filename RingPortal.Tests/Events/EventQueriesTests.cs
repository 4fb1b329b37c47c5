using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Events;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Events;

namespace RingPortal.Tests.Events;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class EventQueriesTests(Street street) : IClassFixture<Street>
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private EventQueries Queries => street.First.Services.GetRequiredService<EventQueries>();

    [Fact]
    public async Task Each_Filter_Leaves_What_It_Says_And_All_Of_Them_Together_What_Fits_All()
    {
        var house = await street.MoveInAsync("Europe/Berlin", "Porch", "Drive");
        var ring = await house.HappenAsync(0, DeviceEventKind.Press, at: s_noon);
        var person = await house.HappenAsync(0, DeviceEventKind.Motion, "human", s_noon.AddMinutes(1));
        var vehicle = await house.HappenAsync(1, DeviceEventKind.Motion, "vehicle", s_noon.AddMinutes(2));
        var plain = await house.HappenAsync(1, DeviceEventKind.Motion, "other_motion", s_noon.AddMinutes(3));
        var silent = await house.HappenAsync(1, DeviceEventKind.Motion, null, s_noon.AddMinutes(4));
        var other = await house.HappenAsync(1, DeviceEventKind.Other, "flood_detected", s_noon.AddMinutes(5));
        var night = await house.HappenAsync(0, DeviceEventKind.Press, at: new(2026, 3, 10, 23, 30, 0, TimeSpan.Zero));
        var camera = TimelineFilter.All.With(house.Cameras[0], true);

        Assert.Equal([night, other, silent, plain, vehicle, person, ring], await IdsAsync(house, TimelineFilter.All));
        Assert.Equal([night, person, ring], await IdsAsync(house, camera));
        Assert.Equal([night, ring], await IdsAsync(house, Kind(TimelineKind.Ring)));
        Assert.Equal([person], await IdsAsync(house, Kind(TimelineKind.Person)));
        Assert.Equal([silent, plain], await IdsAsync(house, Kind(TimelineKind.Motion)));
        Assert.Equal([other], await IdsAsync(house, Kind(TimelineKind.Other)));
        Assert.Equal([other, vehicle], await IdsAsync(house, Kind(TimelineKind.Other, TimelineKind.Vehicle)));
        Assert.Empty(await IdsAsync(house, Kind(TimelineKind.Package)));
        // In Berlin the last press was on the next day already.
        Assert.Equal([night], await IdsAsync(house, TimelineFilter.All with { Day = new DateOnly(2026, 3, 11) }));
        Assert.Equal([ring], await IdsAsync(house, camera with { Kinds = [TimelineKind.Ring], Day = new DateOnly(2026, 3, 10) }));
        Assert.Equal(2, await Queries.CountAsync(house.User, Kind(TimelineKind.Ring), CancellationToken.None));
    }

    [Fact]
    public async Task Pages_Show_Every_Entry_Once_Even_Where_Many_Share_A_Moment()
    {
        var house = await street.MoveInAsync("UTC", "Porch");
        var written = new HashSet<Guid>();
        await street.Database.ExecuteAsync(
            $"""
            INSERT INTO device_events (id, device_id, user_id, kind, occurred_at, recorded_at, source_key)
            SELECT gen_random_uuid(), '{house.Cameras[0]}', '{house.User}', 'Press', timestamptz '2026-03-10 12:00:00Z' + (n / 40) * interval '1 microsecond', now(), 'k' || n
            FROM generate_series(1, 130) n
            """);

        var filter = TimelineFilter.All;
        var pages = 0;
        for (var more = true; more; pages++)
        {
            var view = await Queries.TimelineAsync(house.User, filter, CancellationToken.None);
            Assert.All(view.Entries, entry => Assert.True(written.Add(entry.Id), "An entry was shown twice."));
            more = view.HasOlder;
            // Through the address, as a reader would go on.
            filter = more ? filter with { Before = TimelinePosition.Read(view.Entries[^1].Position.ToString()) } : filter;
        }

        Assert.Equal((3, 130), (pages, written.Count));
    }

    [Fact]
    public async Task Nobody_Sees_What_Belongs_To_Somebody_Else()
    {
        var (house, stranger) = (await street.MoveInAsync("UTC", "Porch"), await street.MoveInAsync("UTC", "Elsewhere"));
        var entry = await house.HappenAsync(0, DeviceEventKind.Press);

        Assert.Empty(await IdsAsync(stranger, TimelineFilter.All));
        Assert.Empty(await IdsAsync(stranger, TimelineFilter.All.With(house.Cameras[0], true)));
        Assert.Null(await Queries.EventAsync(stranger.User, entry, CancellationToken.None));
        Assert.Empty(await Queries.RecentAsync(stranger.User, DateTimeOffset.UnixEpoch, CancellationToken.None));
        Assert.Equal(0, await Queries.CountAsync(stranger.User, TimelineFilter.All.With(house.Cameras[0], true), CancellationToken.None));
        Assert.Equal(entry, (await Queries.EventAsync(house.User, entry, CancellationToken.None))!.Id);
    }

    [Fact]
    public async Task What_A_Camera_Saw_Is_Gone_With_The_Camera_Before_Its_Rows_Are()
    {
        var house = await street.MoveInAsync("UTC", "Porch", "Drive");
        var porch = await house.HappenAsync(0, DeviceEventKind.Press);
        var drive = await house.HappenAsync(1, DeviceEventKind.Press);

        await street.Database.ExecuteAsync($"UPDATE devices SET removed_at = now() WHERE id = '{house.Cameras[0]}'");

        Assert.Equal([drive], await IdsAsync(house, TimelineFilter.All));
        Assert.Null(await Queries.EventAsync(house.User, porch, CancellationToken.None));
    }

    [Fact]
    public async Task An_Open_Piece_Counts_What_Is_New_And_Moves_Only_When_Asked()
    {
        var house = await street.MoveInAsync("UTC", "Porch", "Drive");
        var first = await house.HappenAsync(0, DeviceEventKind.Press);
        var window = new TimelineWindow(Queries);
        await window.LoadAsync(house.User, TimelineFilter.All, CancellationToken.None);

        var second = await house.HappenAsync(1, DeviceEventKind.Motion, "human");
        await window.LoadAsync(house.User, TimelineFilter.All, CancellationToken.None);
        Assert.Equal([first], window.View!.Entries.Select(entry => entry.Id));
        Assert.Equal(1, window.Newer);

        window.Forget();
        await window.LoadAsync(house.User, TimelineFilter.All, CancellationToken.None);
        Assert.Equal([second, first], window.View.Entries.Select(entry => entry.Id));
        Assert.Equal(0, window.Newer);

        await street.Database.ExecuteAsync($"UPDATE devices SET removed_at = now() WHERE id = '{house.Cameras[0]}'");
        await window.LoadAsync(house.User, TimelineFilter.All, CancellationToken.None);
        Assert.Equal([second], window.View.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Where_A_Plan_Is_Needed_What_A_Camera_Saw_Waits_For_It()
    {
        var house = await street.MoveInAsync("UTC", "Porch", "Drive");
        var porch = await house.HappenAsync(0, DeviceEventKind.Press);
        var drive = await house.HappenAsync(1, DeviceEventKind.Press);
        var window = new TimelineWindow(Queries);
        var desk = street.First.Services.GetRequiredService<NewsDesk>();
        await window.LoadAsync(house.User, TimelineFilter.All, CancellationToken.None);
        await desk.ReadAsync(house.User, CancellationToken.None);
        Assert.Equal([drive, porch], window.View!.Entries.Select(entry => entry.Id));

        await house.PlanAsync(0, active: false);
        await window.LoadAsync(house.User, TimelineFilter.All, CancellationToken.None);
        Assert.Equal([drive], window.View.Entries.Select(entry => entry.Id));
        Assert.Equal(["Porch"], window.View.Closed.Select(camera => camera.Name));
        Assert.Null(await Queries.EventAsync(house.User, porch, CancellationToken.None));
        Assert.Equal(1, await Queries.CountAsync(house.User, TimelineFilter.All, CancellationToken.None));
        await house.HappenAsync(0, DeviceEventKind.Press);
        var there = await house.HappenAsync(1, DeviceEventKind.Press);
        Assert.Equal(["Someone is at Drive"], (await desk.ReadAsync(house.User, CancellationToken.None)).Select(news => news.Text));
        var card = (await street.First.Services.GetRequiredService<DeviceQueries>().CamerasAsync(house.User, CancellationToken.None)).Cameras.Single(camera => camera.Name == "Porch");
        Assert.True(card is { NeedsPlan: true, Latest: null });
        // Ring's reviewers see everything without a plan.
        await street.Database.ExecuteAsync($"UPDATE users SET email = '{Street.Reviewer}' WHERE id = '{house.User}'");
        Assert.Equal(4, await Queries.CountAsync(house.User, TimelineFilter.All, CancellationToken.None));
        await street.Database.ExecuteAsync($"UPDATE users SET email = '{house.Email}' WHERE id = '{house.User}'");

        await house.PlanAsync(0, active: true);
        await window.LoadAsync(house.User, TimelineFilter.All, CancellationToken.None);
        Assert.Equal(4, window.View.Entries.Count);
        Assert.Contains(there, window.View.Entries.Select(entry => entry.Id));
        Assert.Empty(window.View.Closed);
    }

    private static TimelineFilter Kind(params TimelineKind[] kinds) => TimelineFilter.All with { Kinds = kinds };

    private async Task<IEnumerable<Guid>> IdsAsync(House house, TimelineFilter filter) =>
        (await Queries.TimelineAsync(house.User, filter, CancellationToken.None)).Entries.Select(entry => entry.Id);
}
