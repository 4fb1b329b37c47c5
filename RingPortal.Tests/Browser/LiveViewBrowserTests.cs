using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Live;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Tests.LiveView;

namespace RingPortal.Tests.Browser;

/// <summary>Live views as people see them: real pictures, and nothing that streams on when nobody looks.</summary>
[Collection(MovingBrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed partial class LiveViewBrowserTests(BrowserFixture browser, LiveWorld world) : IClassFixture<LiveWorld>, IDisposable
{
    private static readonly float s_patience = 30_000 * Eventually.Patience;
    private const string Player = ".rp-live";
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30);
    private static readonly LiveSettings s_long = new() { LimitSeconds = 120 };

    public void Dispose() => world.Ring.Settings.Live = new();

    [Fact]
    public async Task A_Tap_On_A_Card_Plays_Keeps_On_And_Ends_With_The_Countdown()
    {
        var viewer = await world.ViewerAsync();
        world.Ring.Settings.Live = s_long;
        await using var context = await browser.NewContextAsync();
        await context.Clock.InstallAsync();
        var page = await OpenAsync(context, viewer, "/devices");
        await Assertions.Expect(page.Locator("article")).Not.ToHaveCountAsync(0);
        await page.LookAsync("live/cards-1440-light");
        await page.Locator("article", new() { HasText = "Camera 1" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/devices/{viewer.Cameras[0]}$"), new() { Timeout = s_patience });
        await page.PlaysAsync();
        Assert.Equal("768 432", await page.Locator("video").EvaluateAsync<string>("video => `${video.videoWidth} ${video.videoHeight}`"));

        // As if learnt: nobody waits half a minute for a countdown, and a slow machine shows the picture before it comes to its end.
        await world.Links.Database.ExecuteAsync($"UPDATE devices SET live_limit_seconds = 24 WHERE id = '{viewer.Cameras[0]}'");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep watching" }).ClickAsync();
        await Eventually.TrueAsync(() => world.At(viewer).Count >= 2, s_soon, "the next one has begun");
        await page.PlaysAsync();
        Assert.All(world.At(viewer), session => Assert.Equal(1, session.OpenOnDevice));
        Assert.InRange(await LeftAsync(page), 11, 23);
        await PassAsync(page, until: 10);
        await Assertions.Expect(page.Locator("#rp-status > span").First).ToHaveTextAsync("Live view ends in 10 seconds. Choose Keep watching to go on.", new() { Timeout = s_patience });
        await page.Clock.FastForwardAsync(TooLong);
        await Assertions.Expect(page.Locator(Player)).ToHaveAttributeAsync("data-state", "ended", new() { Timeout = s_patience });
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Watch again" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("canvas")).ToBeVisibleAsync();
        await page.LookAsync("live/ended-1440-light");
        await world.ClosedAsync(viewer);
        var seen = world.At(viewer).Count;

        // The address starts nothing.
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("Watch live")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(Player)).Not.ToHaveAttributeAsync("data-state", new Regex("."));
        Assert.Equal(seen, world.At(viewer).Count);
    }

    [Fact]
    public async Task Leaving_In_Any_Way_Ends_It()
    {
        var viewer = await world.ViewerAsync();
        await LastAsync(viewer);
        await using var context = await browser.NewContextAsync(390, scheme: ColorScheme.Dark);
        var page = await OpenAsync(context, viewer, $"/devices/{viewer.Cameras[0]}");
        await Assertions.Expect(page.GetByText("Watch live")).ToBeVisibleAsync();
        await page.LookAsync("live/ready-390-dark");
        await StartAsync(page);
        await page.LookAsync("live/playing-390-dark");
        await page.StretchAsync("live view");

        // To another section, and by keys.
        await page.Locator(".rp-tabs").GetByRole(AriaRole.Link, new() { Name = "Details" }).ClickAsync();
        await world.ClosedAsync(viewer);
        await page.Locator(".rp-tabs").GetByRole(AriaRole.Link, new() { Name = "Live" }).ClickAsync();
        await StartAsync(page);
        await page.Keyboard.PressAsync("s");
        await Assertions.Expect(page.Locator(Player)).ToHaveAttributeAsync("data-state", "ended");
        await world.ClosedAsync(viewer);

        // To another site's page, and with the window.
        await StartAsync(page, "Watch again");
        await page.GotoAsync(new Uri(world.First.BaseAddress, "/help").ToString());
        await world.ClosedAsync(viewer);
        await page.GotoAsync(new Uri(world.First.BaseAddress, $"/devices/{viewer.Cameras[0]}").ToString());
        await StartAsync(page);
        await page.CloseAsync(new() { RunBeforeUnload = true });
        await world.ClosedAsync(viewer);
        Assert.True(world.At(viewer).Count >= 4, $"{world.At(viewer).Count} began.");
    }

    [Fact]
    public async Task A_Camera_That_Goes_And_A_Person_Who_Signs_Out_Leave_Nothing_Open()
    {
        var viewer = await world.ViewerAsync();
        await LastAsync(viewer);
        await using var context = await browser.NewContextAsync();
        var page = await OpenAsync(context, viewer, $"/devices/{viewer.Cameras[1]}");
        await StartAsync(page);
        await page.LookAsync("live/playing-1440-light");
        var other = await context.NewPageAsync();
        await other.GotoAsync(new Uri(world.First.BaseAddress, $"/devices/{viewer.Cameras[0]}").ToString());
        await StartAsync(other);

        world.Ring.Accounts.RemoveDevice(viewer.Key, viewer.RingDevice(0), RemovalCause.PermissionRevoked);
        await Assertions.Expect(other.Locator("main")).ToContainTextAsync("Camera 1 is no longer shared.", new() { Timeout = s_patience });
        await Eventually.TrueAsync(() => world.Ring.Sessions.Opened.Count(session => session.AccountKey == viewer.Key) == 1, s_soon, "the removed one is over");

        await viewer.Page.SignOutAsync();
        await Eventually.TrueAsync(() => world.Ring.Sessions.Opened.All(session => session.AccountKey != viewer.Key), s_soon, "nothing is open");
        await Assertions.Expect(page.Locator("video:not([hidden])")).ToHaveCountAsync(0, new() { Timeout = s_patience });
    }

    [Fact]
    public async Task On_The_Wall_A_Third_One_Stops_The_Oldest_And_A_Dead_Picture_Is_Tried_Again()
    {
        var viewer = await world.ViewerAsync(cameras: 4);
        await LastAsync(viewer);
        await world.Links.Database.ExecuteAsync($"UPDATE devices SET online = false, offline_since = now() - interval '2 hours', last_online_at = now() - interval '2 hours', status_at = now() + interval '1 day' WHERE id = '{viewer.Cameras[3]}'");
        await using var context = await browser.NewContextAsync();
        await context.Clock.InstallAsync();
        var page = await OpenAsync(context, viewer, "/devices");
        await page.GetByRole(AriaRole.Link, new() { Name = "Watch all" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/devices\\?view=wall$"), new() { Timeout = s_patience });
        var tiles = page.Locator("[data-wall] > li");
        await Assertions.Expect(tiles).ToHaveCountAsync(4);
        // Keys go to what has the focus, which is lost when the circuit draws.
        await page.AliveAsync();

        await tiles.Nth(0).GetByRole(AriaRole.Button).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tiles.Nth(0).Locator("video")).ToBeVisibleAsync(new() { Timeout = s_patience });
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tiles.Nth(1).Locator("video")).ToBeVisibleAsync(new() { Timeout = s_patience });
        await page.LookAsync("live/wall-1440-light");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.LookAsync("live/wall-1440-dark");
        await tiles.Nth(2).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(tiles.Nth(0)).ToContainTextAsync("Camera 1 stopped. Two live views can run at once.");
        await Assertions.Expect(tiles.Nth(2).Locator("video")).ToBeVisibleAsync(new() { Timeout = s_patience });
        Assert.Equal(2, world.Ring.Sessions.Opened.Count(session => session.AccountKey == viewer.Key));
        await Assertions.Expect(tiles.Nth(3).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        // Frames stop without a signal: the page notices and tries again, a view at a time.
        await tiles.Nth(1).GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        world.Ring.Settings.Live = s_long with { FreezeAfter = TimeSpan.FromSeconds(1) };
        await Eventually.TrueAsync(() => world.At(viewer)[^1].Play is LivePlay.Still, s_soon, "no picture is sent any more");
        await page.Clock.FastForwardAsync(Stall);
        await Assertions.Expect(tiles.Nth(2).Locator(Player)).ToHaveAttributeAsync("data-state", "lost", new() { Timeout = s_patience });
        world.Ring.Settings.Live = s_long;
        await Assertions.Expect(tiles.Nth(2).Locator(Player)).ToHaveAttributeAsync("data-state", new Regex("live|ending"), new() { Timeout = s_patience });
        await tiles.Nth(2).GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task A_Second_Screen_Takes_Over_And_The_First_Says_So()
    {
        var viewer = await world.ViewerAsync();
        await using var context = await browser.NewContextAsync(390);
        var page = await OpenAsync(context, viewer, $"/devices/{viewer.Cameras[0]}");
        var view = await viewer.Page.WatchAsync(viewer.Cameras[0]);

        await page.GetByText("Watch live").ClickAsync();
        await Assertions.Expect(page.Locator(Player)).ToHaveAttributeAsync("data-state", "busy", new() { Timeout = s_patience });
        await Assertions.Expect(page.Locator(Player).GetByText("Camera 1 is being watched on another screen.")).ToBeVisibleAsync();
        using (var beat = await viewer.Page.BeatAsync(view))
        {
            Assert.Equal(System.Net.HttpStatusCode.NoContent, beat.StatusCode);
        }

        await world.StayAsync(view);
        await page.LookAsync("live/busy-390-light");

        await page.GetByRole(AriaRole.Button, new() { Name = "Watch here instead" }).ClickAsync();
        await page.PlaysAsync();
        Assert.Equal("taken-over", (await world.RowAsync(view)).EndReason);

        await viewer.Page.WatchAsync(viewer.Cameras[0], "?takeOver=true");
        await Assertions.Expect(page.Locator(Player)).ToHaveAttributeAsync("data-state", "busy", new() { Timeout = s_patience });
        world.Ring.Accounts.SetOnline(viewer.Key, viewer.RingDevice(0), online: false);
        await Assertions.Expect(page.Locator(Player)).ToHaveAttributeAsync("data-base", "offline", new() { Timeout = s_patience });
        await world.ClosedAsync(viewer);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("Watch live")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("[data-when~=offline]")).ToBeVisibleAsync();
        await page.LookAsync("live/offline-390-light");
    }

    /// <summary>Views last the longest that there is, so that none ends by its limit while a slow machine is at something else.</summary>
    private async Task LastAsync(Viewer viewer)
    {
        world.Ring.Settings.Live = s_long;
        await world.Links.Database.ExecuteAsync($"UPDATE devices SET live_limit_seconds = 60 WHERE user_id = '{viewer.UserId}'");
    }

    private static async Task StartAsync(IPage page, string name = "Watch live")
    {
        await page.Locator(".rp-live-bar").GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await page.PlaysAsync();
    }

    private async Task<IPage> OpenAsync(IBrowserContext context, Viewer viewer, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(world.First.BaseAddress, $"/Account/Login?returnUrl={Uri.EscapeDataString(path)}").ToString());
        await page.FillAsync("#email", $"{viewer.Key}@example.org");
        await page.FillAsync("#password", Visitor.Password);
        await page.ClickAsync("form[method=post] button.rp-btn-filled");
        // Loaded with its scripts: a tap counts.
        await page.WaitForURLAsync(new Uri(world.First.BaseAddress, path).ToString());
        return page;
    }
}
