using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Live;
using RingPortal.Tests.Infrastructure;
using LivePlaces = RingPortal.Web.Features.LiveView.LivePlaces;

namespace RingPortal.Tests.LiveView;

/// <summary>One live view at a camera and two of a person, however many ask at once and wherever.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LivePlaceTests(LiveWorld world) : IClassFixture<LiveWorld>
{
    [Fact]
    public async Task Of_Twenty_Offers_At_One_Camera_One_Is_Taken()
    {
        var viewer = await world.ViewerAsync();
        using var other = await LiveWorld.SignInAsync(viewer.Person, world.Second);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => (number % 2 == 0 ? viewer.Page : other).OfferAsync(viewer.Cameras[0])));

        Assert.Single(world.At(viewer));
        var taken = Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.Created);
        foreach (var refused in answers.Where(answer => answer != taken))
        {
            Assert.Equal((HttpStatusCode.Conflict, "busy"), (refused.StatusCode, await Watcher.CodeAsync(refused)));
        }

        Assert.Equal(HttpStatusCode.NoContent, await viewer.Page.StopAsync(taken.Headers.Location!));
        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task Of_Many_Offers_At_Five_Cameras_Two_Are_Taken()
    {
        var viewer = await world.ViewerAsync(cameras: 5);
        using var other = await LiveWorld.SignInAsync(viewer.Person, world.Second);

        var answers = await Task.WhenAll(Enumerable.Range(0, 15).Select(number => (number % 2 == 0 ? viewer.Page : other).OfferAsync(viewer.Cameras[number % 5])));

        var taken = answers.Where(answer => answer.StatusCode is HttpStatusCode.Created).ToList();
        Assert.Equal(2, taken.Count);
        Assert.Equal(2, world.At(viewer).Count);
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.TooManyRequests);
        foreach (var view in taken)
        {
            Assert.Equal(HttpStatusCode.NoContent, await viewer.Page.StopAsync(view.Headers.Location!));
        }

        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task A_Second_Screen_Is_Offered_To_Take_Over_And_The_First_Learns_Why()
    {
        var viewer = await world.ViewerAsync();
        using var second = await LiveWorld.SignInAsync(viewer.Person, world.Second);
        var first = await viewer.Page.WatchAsync(viewer.Cameras[0]);

        using var busy = await second.OfferAsync(viewer.Cameras[0]);
        Assert.Equal(HttpStatusCode.Conflict, busy.StatusCode);
        using var problem = JsonDocument.Parse(await busy.Content.ReadAsStringAsync());
        Assert.Equal(("busy", true), (problem.RootElement.GetProperty("code").GetString(), problem.RootElement.GetProperty("takeOver").GetBoolean()));

        var taken = await second.WatchAsync(viewer.Cameras[0], "?takeOver=true");
        Assert.Equal([LiveEnd.Deleted, null], world.At(viewer).Select(session => session.ClosedBy));
        using var told = await viewer.Page.BeatAsync(first);
        Assert.Equal((HttpStatusCode.Gone, "taken-over"), (told.StatusCode, await Watcher.CodeAsync(told)));
        Assert.Equal(HttpStatusCode.NoContent, await second.StopAsync(taken));
        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task Who_Starts_While_The_Last_View_Is_Being_Ended_Waits_For_That()
    {
        var viewer = await world.ViewerAsync();
        using var second = await LiveWorld.SignInAsync(viewer.Person, world.Second);
        var first = await viewer.Page.WatchAsync(viewer.Cameras[0]);
        world.Ring.Faults.Add(Fault.Slow(RingOperation.LiveSessionDelete, TimeSpan.FromMilliseconds(600)));

        var stopping = viewer.Page.StopAsync(first);
        // The row is taken: only the instance that took it tells Ring.
        await Eventually.TrueAsync(async () => (await world.RowAsync(first)).Attempts > 0, TimeSpan.FromSeconds(10), "somebody tells Ring");
        using var next = await second.OfferAsync(viewer.Cameras[0]);

        Assert.Equal(HttpStatusCode.Created, next.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, await stopping);
        Assert.Equal(HttpStatusCode.NoContent, await second.StopAsync(next.Headers.Location!));
        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task A_Third_Camera_Is_Refused_Or_Stops_The_Oldest()
    {
        var viewer = await world.ViewerAsync(cameras: 3);
        var (first, second) = (await viewer.Page.WatchAsync(viewer.Cameras[0]), await viewer.Page.WatchAsync(viewer.Cameras[1]));

        using var two = await viewer.Page.OfferAsync(viewer.Cameras[2]);
        Assert.Equal(HttpStatusCode.TooManyRequests, two.StatusCode);
        using var problem = JsonDocument.Parse(await two.Content.ReadAsStringAsync());
        Assert.Equal(("two", "Camera 1"), (problem.RootElement.GetProperty("code").GetString(), problem.RootElement.GetProperty("otherName").GetString()));
        Assert.Equal(2, world.At(viewer).Count);

        var third = await viewer.Page.WatchAsync(viewer.Cameras[2], "?stopOldest=true");
        using var told = await viewer.Page.BeatAsync(first);
        Assert.Equal((HttpStatusCode.Gone, "third"), (told.StatusCode, await Watcher.CodeAsync(told)));
        Assert.Equal(2, world.Ring.Sessions.Opened.Count(session => session.AccountKey == viewer.Key));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (await viewer.Page.StopAsync(second), await viewer.Page.StopAsync(third)));
        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task Whoever_Stands_In_Line_Too_Long_Is_Told_To_Come_Again_And_Ring_Is_Not_Asked()
    {
        var viewer = await world.ViewerAsync();
        await using (var context = world.Links.Database.CreateContext())
        await using (await context.Database.BeginTransactionAsync())
        {
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({viewer.UserId.ToString()}, {LivePlaces.Line}))");

            using var crowded = await viewer.Page.OfferAsync(viewer.Cameras[0]);

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "crowded"), (crowded.StatusCode, await Watcher.CodeAsync(crowded)));
            Assert.Equal(TimeSpan.FromSeconds(2), crowded.Headers.RetryAfter?.Delta);
            Assert.Empty(world.At(viewer));
        }

        Assert.Equal(HttpStatusCode.NoContent, await viewer.Page.StopAsync(await viewer.Page.WatchAsync(viewer.Cameras[0])));
        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task The_Next_One_At_A_Camera_Waits_Until_Ring_Was_Told_Of_The_End()
    {
        var viewer = await world.ViewerAsync();
        for (var again = 0; again < 5; again++)
        {
            var view = await viewer.Page.WatchAsync(viewer.Cameras[0]);
            Assert.Equal(HttpStatusCode.NoContent, await viewer.Page.StopAsync(view, "again"));
        }

        await world.ClosedAsync(viewer);
        Assert.Equal(5, world.At(viewer).Count);
        Assert.All(world.At(viewer), session => Assert.Equal(1, session.OpenOnDevice));
    }
}
