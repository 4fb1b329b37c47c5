using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Live;
using RingPortal.Simulator.Plans;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.LiveView;

/// <summary>Every way out of a live view ends it at Ring, exactly once, and says why.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LiveEndTests(LiveWorld world) : IClassFixture<LiveWorld>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Signing_Out_Ends_All_Of_The_Persons_On_Every_Screen()
    {
        var viewer = await world.ViewerAsync();
        using var elsewhere = await LiveWorld.SignInAsync(viewer.Person, world.Second);
        var views = new[] { await viewer.Page.WatchAsync(viewer.Cameras[0]), await elsewhere.WatchAsync(viewer.Cameras[1]) };

        await viewer.Page.SignOutAsync();

        await world.ClosedAsync(viewer);
        Assert.All(await RowsAsync(views), reason => Assert.Equal("signed-out", reason));
    }

    [Fact]
    public async Task A_Camera_That_Goes_Offline_Ends_Its_View()
    {
        var viewer = await world.ViewerAsync();
        var view = await viewer.Page.WatchAsync(viewer.Cameras[0]);
        await world.StayAsync(view);

        world.Ring.Accounts.SetOnline(viewer.Key, viewer.RingDevice(0), online: false);

        await EndedAsync(view, "offline");
        await world.ClosedAsync(viewer);
        using var told = await viewer.Page.BeatAsync(view);
        Assert.Equal((HttpStatusCode.Gone, "offline"), (told.StatusCode, await Watcher.CodeAsync(told)));
        Assert.Contains("live.ended Ring offline", await world.TrailAsync(viewer.Cameras[0]));
    }

    [Fact]
    public async Task A_Camera_That_Is_No_Longer_Shared_Ends_Its_View()
    {
        var viewer = await world.ViewerAsync();
        var view = await viewer.Page.WatchAsync(viewer.Cameras[0]);
        await world.StayAsync(view);

        world.Ring.Accounts.RemoveDevice(viewer.Key, viewer.RingDevice(0), RemovalCause.PermissionRevoked);

        await Eventually.TrueAsync(async () => (await world.TrailAsync(viewer.Cameras[0])).Contains("live.ended Ring removed"), s_patience, "it ended");
        await world.ClosedAsync(viewer, LiveEnd.DeviceGone);
        Assert.Equal(HttpStatusCode.NotFound, (await viewer.Page.OfferAsync(viewer.Cameras[0])).StatusCode);
    }

    [Fact]
    public async Task Disconnecting_Tells_Ring_While_The_Tokens_Still_Live()
    {
        var viewer = await world.ViewerAsync();
        await viewer.Page.WatchAsync(viewer.Cameras[0]);

        using var answer = await viewer.Page.PostAsync($"/Account/RingAccounts/{viewer.Person.Link}/Disconnect");

        Assert.True((int)answer.StatusCode < 400);
        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task A_Plan_That_Ends_Takes_The_View_With_It()
    {
        await using var asking = await world.StartAsync(new Dictionary<string, string?> { ["Subscriptions:Gate"] = "On" });
        world.Ring.Settings.PortalUrl = asking.BaseAddress;
        var viewer = await world.ViewerAsync(asking);
        using var without = await viewer.Page.OfferAsync(viewer.Cameras[0]);
        Assert.Equal((403, "plan"), ((int)without.StatusCode, await Watcher.CodeAsync(without)));
        var plan = world.Ring.Plans.Start(viewer.Key, PlanKind.Trial, [viewer.RingDevice(0)]);
        await Eventually.TrueAsync(async () => await world.Links.Database.ScalarAsync<long>($"SELECT count(*) FROM subscriptions WHERE ring_token_id = '{viewer.Person.Link}' AND active") == 1, s_patience, "the plan is known");
        var view = await viewer.Page.WatchAsync(viewer.Cameras[0]);
        await world.StayAsync(view);

        // The other portals ask for no plan: whoever takes the delivery must be one that does.
        world.Ring.Plans.End(plan.Id);
        await Eventually.TrueAsync(async () => await world.Links.Database.ScalarAsync<long>($"SELECT count(*) FROM subscriptions WHERE ring_token_id = '{viewer.Person.Link}' AND active") == 0, s_patience, "the end is known");
        await using (var scope = asking.Services.CreateAsyncScope())
        {
            var plans = scope.ServiceProvider.GetRequiredService<RingPortal.Web.Features.LiveView.LivePlan>();
            await plans.EndAsync(scope.ServiceProvider.GetRequiredService<RingPortalContext>(), viewer.UserId, CancellationToken.None);
        }

        await EndedAsync(view, "plan");
        await LiveWorld.SweepAsync(world.Second);
        await world.ClosedAsync(viewer);
        world.Ring.Settings.PortalUrl = world.First.BaseAddress;
    }

    [Fact]
    public async Task Silence_And_The_Limit_End_What_Its_Page_Forgot_On_Any_Instance()
    {
        var viewer = await world.ViewerAsync();
        var (silent, over) = (await viewer.Page.WatchAsync(viewer.Cameras[0]), await viewer.Page.WatchAsync(viewer.Cameras[1]));
        await LiveWorld.SweepAsync(world.Second);
        Assert.All(await RowsAsync([silent, over]), reason => Assert.Null(reason));
        await world.Links.Database.ExecuteAsync($"UPDATE live_sessions SET heartbeat_at = now() - interval '26 seconds' WHERE id = '{LiveWorld.IdOf(silent)}'");
        await world.Links.Database.ExecuteAsync($"UPDATE live_sessions SET deadline = now() - interval '1 second' WHERE id = '{LiveWorld.IdOf(over)}'");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(number => LiveWorld.SweepAsync(number % 2 == 0 ? world.First : world.Second)));

        await world.ClosedAsync(viewer);
        Assert.Equal(["silent", "limit"], await RowsAsync([silent, over]));
        Assert.Equal(["live.started Person ", "live.ended Portal silent"], await world.TrailAsync(viewer.Cameras[0]));
    }

    [Fact]
    public async Task A_Heartbeat_Keeps_A_View_And_Pictures_After_Half_A_Minute_Teach_The_Longer_Limit()
    {
        var viewer = await world.ViewerAsync();
        var view = await viewer.Page.WatchAsync(viewer.Cameras[0]);
        await world.Links.Database.ExecuteAsync($"UPDATE live_sessions SET heartbeat_at = now() - interval '10 seconds' WHERE id = '{LiveWorld.IdOf(view)}'");
        var before = DateTimeOffset.UtcNow;
        using var early = await viewer.Page.BeatAsync(view);
        Assert.Equal(HttpStatusCode.NoContent, early.StatusCode);
        Assert.True((await world.RowAsync(view)).HeartbeatAt > before.AddSeconds(-1));
        Assert.Null(await LimitAsync(viewer));

        await world.Links.Database.ExecuteAsync($"UPDATE live_sessions SET opened_at = now() - interval '32 seconds' WHERE id = '{LiveWorld.IdOf(view)}'");
        using var still = await viewer.Page.BeatAsync(view, frames: false);
        Assert.Null(await LimitAsync(viewer));
        using var late = await viewer.Page.BeatAsync(view);
        Assert.Equal(60, await LimitAsync(viewer));
        Assert.Equal(HttpStatusCode.NoContent, await viewer.Page.StopAsync(view, "lost"));
        Assert.Equal(60, await LimitAsync(viewer));

        using var next = await viewer.Page.OfferAsync(viewer.Cameras[0]);
        Assert.Equal(("60", "yes"), (next.Headers.GetValues("X-Live-Seconds").Single(), next.Headers.GetValues("X-Live-Learnt").Single()));
        Assert.Equal(HttpStatusCode.NoContent, await viewer.Page.StopAsync(next.Headers.Location!));
        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task A_Picture_That_Stops_At_Half_A_Minute_Teaches_The_Shorter_Limit()
    {
        var viewer = await world.ViewerAsync();
        var early = await viewer.Page.WatchAsync(viewer.Cameras[0]);
        await viewer.Page.StopAsync(early, "lost");
        Assert.Null(await LimitAsync(viewer));
        var view = await viewer.Page.WatchAsync(viewer.Cameras[0]);
        await world.Links.Database.ExecuteAsync($"UPDATE live_sessions SET opened_at = now() - interval '32 seconds' WHERE id = '{LiveWorld.IdOf(view)}'");

        await viewer.Page.StopAsync(view, "lost");

        Assert.Equal(30, await LimitAsync(viewer));
        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task A_Portal_That_Stops_Ends_What_It_Opened_And_Nothing_Else()
    {
        var third = await world.StartAsync();
        var viewer = await world.ViewerAsync(third);
        var own = await viewer.Page.WatchAsync(viewer.Cameras[0]);
        using var elsewhere = await LiveWorld.SignInAsync(viewer.Person, world.First);
        var other = await elsewhere.WatchAsync(viewer.Cameras[1]);
        await world.StayAsync(own);
        await world.StayAsync(other);

        await third.DisposeAsync();

        Assert.Equal(["shutdown", null], await RowsAsync([own, other]));
        Assert.NotNull((await world.RowAsync(own)).ClosedAt);
        Assert.Equal(HttpStatusCode.NoContent, await elsewhere.StopAsync(other));
        await world.ClosedAsync(viewer);
    }

    private Task EndedAsync(Uri view, string reason) =>
        Eventually.TrueAsync(async () => (await world.RowAsync(view)).EndReason == reason, s_patience, $"it ended: {reason}");

    private async Task<IReadOnlyList<string?>> RowsAsync(IEnumerable<Uri> views)
    {
        var reasons = new List<string?>();
        foreach (var view in views)
        {
            reasons.Add((await world.RowAsync(view)).EndReason);
        }

        return reasons;
    }

    private async Task<int?> LimitAsync(Viewer viewer) => (await world.Cameras.DevicesAsync(viewer.Person))[0].LiveLimitSeconds;
}
