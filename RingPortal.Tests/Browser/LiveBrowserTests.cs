using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RingPortal.Data.Events;
using RingPortal.Tests.Events;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices.Feed;
using Xunit.Abstractions;

namespace RingPortal.Tests.Browser;

/// <summary>What happens is seen at once in open pages, whatever portal they live at. The page's own safety look would come after a minute.</summary>
[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class LiveBrowserTests(BrowserFixture browser, Street street, ITestOutputHelper output) : IClassFixture<Street>
{
    private static readonly float s_soon = 10_000 * Eventually.Patience;

    [Fact]
    public async Task Two_Browsers_At_Two_Portals_See_What_Happens()
    {
        var house = await street.MoveInAsync("Europe/Berlin", "Front Door", "Garage");
        await using var phone = await browser.NewContextAsync(390, scheme: ColorScheme.Dark);
        await using var desk = await browser.NewContextAsync();
        var pages = new[] { await house.OpenAsync(phone, street.First, "/devices"), await house.OpenAsync(desk, street.Second, "/devices") };
        await EachAsync(pages, page => Assertions.Expect(page.Locator("article")).ToHaveCountAsync(2));
        await house.ListensAsync(street.First);
        await house.ListensAsync(street.Second);

        // What is told in passing goes again: it is looked for at once, not when the slower of the two has shown the rest.
        await Task.WhenAll(
            SeenAsync("ring", pages, () => house.HappenAsync(0, DeviceEventKind.Press), page => page.Locator("article", new() { HasText = "Front Door" }).GetByText("Someone rang")),
            EachAsync(pages, page => Assertions.Expect(page.Locator("#rp-alert")).ToHaveTextAsync("Someone is at Front Door", new() { Timeout = s_soon })),
            EachAsync(pages, page => Assertions.Expect(page.Locator(".rp-toast")).ToContainTextAsync("Someone is at Front Door", new() { Timeout = s_soon })));
        await pages[0].LookAsync("live/ring-390-dark");
        await pages[1].LookAsync("live/ring-1440-light");

        await Task.WhenAll(
            SeenAsync("motion", pages, () => house.HappenAsync(1, DeviceEventKind.Motion, "vehicle"), page => page.Locator("article", new() { HasText = "Garage" }).GetByText("Vehicle")),
            EachAsync(pages, page => Assertions.Expect(page.Locator("#rp-status")).ToHaveTextAsync("Vehicle at Garage", new() { Timeout = s_soon })));
        await SeenAsync("offline", pages, () => house.ChangeAsync(1, FeedKind.Status, "online = false, offline_since = now(), status_at = now()"), page => page.Locator("article", new() { HasText = "Garage" }).GetByText("Offline", new() { Exact = true }));
        await SeenAsync("online", pages, () => house.ChangeAsync(1, FeedKind.Status, "online = true, offline_since = NULL, status_at = now()"), page => page.Locator("article", new() { HasText = "Garage" }).GetByText("Online", new() { Exact = true }));
        await SeenAsync("new camera", pages, () => AddAsync(house, "Shed"), page => page.Locator("article", new() { HasText = "Shed" }));
        await SeenAsync("plan ended", pages, () => house.PlanAsync(1, active: false), page => page.Locator("article", new() { HasText = "Garage" }).GetByText("No active plan for this camera"));
        await pages[1].LookAsync("live/plan-none-1440-light");
        await SeenAsync("plan began", pages, () => house.PlanAsync(1, active: true), page => page.Locator("article", new() { HasText = "Garage" }).GetByText("Vehicle"));
        await SeenAsync("removed camera", pages, () => house.ChangeAsync(1, FeedKind.Removed, "removed_at = now()"), page => page.Locator(".rp-toast", new() { HasText = "Garage is no longer shared. Its pictures were deleted here." }));
        await EachAsync(pages, page => Assertions.Expect(page.Locator("article h2")).ToHaveTextAsync(["Front Door", "Shed"], new() { Timeout = s_soon }));
        await pages[1].LookAsync("live/removed-1440-light");
    }

    [Fact]
    public async Task What_Ring_Tells_One_Process_Is_Seen_At_Both()
    {
        var house = await street.MoveInAsync("Europe/Berlin", "Front Door", "Garage");
        using var folders = new TestFolder();
        var forks = await Task.WhenAll(street.ForkAsync(folders), street.ForkAsync(folders));
        await using var first = forks[0].Process;
        await using var second = forks[1].Process;
        Assert.NotEqual(first.Id, second.Id);
        using var ring = new HttpClient { BaseAddress = forks[0].Address };
        await using var phone = await browser.NewContextAsync(390);
        await using var desk = await browser.NewContextAsync(scheme: ColorScheme.Dark);
        var pages = new[] { await house.OpenAsync(phone, forks[0].Address, "/devices"), await house.OpenAsync(desk, forks[1].Address, "/devices") };
        await EachAsync(pages, page => Assertions.Expect(page.Locator("article")).ToHaveCountAsync(2));

        await SeenAsync("signed press", pages, () => house.SignalAsync(ring, 0, "button_press"), page => page.Locator("article", new() { HasText = "Front Door" }).GetByText("Someone rang"));
        await SeenAsync("signed offline", pages, () => house.SignalAsync(ring, 1, "device_offline"), page => page.Locator("article", new() { HasText = "Garage" }).GetByText("Offline since"));
        await SeenAsync("signed removal", pages, () => house.SignalAsync(ring, 1, "device_removed"), page => page.Locator(".rp-toast", new() { HasText = "Garage is no longer shared. Its pictures were deleted here." }));
        await EachAsync(pages, page => Assertions.Expect(page.Locator("article h2")).ToHaveTextAsync(["Front Door"], new() { Timeout = s_soon }));
    }

    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public async Task A_Lost_Connection_Is_Told_Hides_Nothing_And_Comes_Back_By_Itself(int width, ColorScheme scheme)
    {
        var (house, tag) = (await street.MoveInAsync("Europe/Berlin", "Front Door"), $"{width}-{scheme.ToString().ToLowerInvariant()}");
        await using var context = await browser.NewContextAsync(width, scheme: scheme);
        var cut = false;
        IWebSocketRoute? wire = null;
        await context.RouteWebSocketAsync(new Regex("/_blazor"), route =>
        {
            wire = route;
            route.ConnectToServer();
        });
        await context.RouteAsync("**/_blazor/negotiate*", route => cut ? route.AbortAsync() : route.ContinueAsync());
        var page = await house.OpenAsync(context, street.First, "/events");
        await house.ListensAsync(street.First);
        var (bar, title) = (page.Locator("#components-reconnect-modal"), page.GetByRole(AriaRole.Heading, new() { Level = 1 }));

        cut = true;
        await wire!.CloseAsync(new() { Code = 3001 });
        await Assertions.Expect(bar).ToContainTextAsync("Connection lost. Trying again.");
        await Assertions.Expect(bar).ToBeVisibleAsync();
        Assert.True(await BelowAsync(title, bar), "The bar hides the title.");
        await page.LookAsync($"live/lost-{tag}");
        cut = false;
        await Assertions.Expect(bar).ToBeHiddenAsync(new() { Timeout = 30_000 * Eventually.Patience });
        await Assertions.Expect(page.Locator("#rp-status > span").First).ToHaveTextAsync("You are back.");
        await house.HappenAsync(0, DeviceEventKind.Press);
        await Assertions.Expect(page.Locator(".rp-toast")).ToContainTextAsync("Someone is at Front Door", new() { Timeout = s_soon });

        // What the bar says when the portal knows the page no longer.
        await bar.EvaluateAsync("bar => bar.classList.add('components-reconnect-rejected')");
        await Assertions.Expect(bar.GetByRole(AriaRole.Button, new() { Name = "Reload" })).ToBeVisibleAsync();
        Assert.True(await BelowAsync(title, bar), "The bar hides the title.");
        await page.LookAsync($"live/gone-{tag}");
    }

    [Fact]
    public async Task A_Toast_Is_Announced_Once_And_Leads_To_The_Camera()
    {
        var house = await street.MoveInAsync("Europe/Berlin", "Front Door");
        await using var context = await browser.NewContextAsync();
        var page = await house.OpenAsync(context, street.Second, "/events");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Events");
        await house.ListensAsync(street.Second);
        await page.EvaluateAsync(
            """
            window.said = [];
            for (const region of document.querySelectorAll("#rp-alert, #rp-status"))
              new MutationObserver(() => { if (region.textContent) said.push(region.id + ": " + region.textContent); }).observe(region, { childList: true, characterData: true, subtree: true });
            """);

        await house.HappenAsync(0, DeviceEventKind.Press);
        await Assertions.Expect(page.Locator(".rp-toast")).ToContainTextAsync("Someone is at Front Door", new() { Timeout = s_soon });
        // Telling of the same again changes nothing.
        house.Tell(FeedKind.Everything);
        await house.HappenAsync(0, DeviceEventKind.Motion, "human");
        await Assertions.Expect(page.Locator(".rp-toast")).ToHaveCountAsync(2, new() { Timeout = s_soon });

        Assert.Equal(["rp-alert: Someone is at Front Door", "rp-status: Person at Front Door"], await page.EvaluateAsync<string[]>("said"));
        await page.GetByRole(AriaRole.Link, new() { Name = "See it" }).ClickAsync();
        await page.WaitForURLAsync($"**/devices/{house.Cameras[0]}");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Front Door");
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    public async Task The_Page_Of_A_Removed_Camera_Says_So_And_Goes_Back_To_The_Others(int width, ColorScheme scheme)
    {
        var house = await street.MoveInAsync("Europe/Berlin", "Front Door", "Garage");
        await house.HappenAsync(1, DeviceEventKind.Motion, "human");
        await using var context = await browser.NewContextAsync(width, scheme: scheme);
        var page = await house.OpenAsync(context, street.Second, $"/devices/{house.Cameras[1]}?tab=events");
        await Assertions.Expect(page.Locator(".rp-event")).ToContainTextAsync("Person");
        await house.ListensAsync(street.Second);
        var tag = $"{width}-{scheme.ToString().ToLowerInvariant()}";
        await page.LookAsync($"live/camera-events-{tag}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Details" }).ClickAsync();
        await Assertions.Expect(page.Locator("dl").First).ToBeVisibleAsync();
        await page.LookAsync($"live/camera-details-{tag}");
        await page.StretchAsync("camera details");
        await page.Locator(".rp-tabs").GetByRole(AriaRole.Link, new() { Name = "Events" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(1);
        await house.ListensAsync(street.Second, 4);
        await house.HappenAsync(1, DeviceEventKind.Press);
        // What comes while the list is read anew is in it; only what comes later waits behind the bar.
        var bar = page.GetByRole(AriaRole.Button, new() { Name = "1 new event, show" });
        await Assertions.Expect(bar.Or(page.Locator(".rp-event").Nth(1))).ToBeVisibleAsync(new() { Timeout = s_soon });
        if (await bar.IsVisibleAsync())
        {
            await page.LookAsync($"live/camera-newer-{tag}");
            await bar.ClickAsync();
        }

        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(2);
        await house.PlanAsync(1, active: false);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("No active plan for this camera", new() { Timeout = s_soon });
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(0);
        await page.LookAsync($"live/camera-plan-{tag}");
        await house.PlanAsync(1, active: true);
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(2, new() { Timeout = s_soon });

        await house.ChangeAsync(1, FeedKind.Removed, "removed_at = now()");

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Garage is no longer shared.", new() { Timeout = s_soon });
        await page.LookAsync($"live/camera-removed-{tag}");
        if (width < 600)
        {
            // It takes six seconds, and no other way on a large screen.
            return;
        }

        await page.WaitForURLAsync("**/devices", new() { Timeout = 20_000 * Eventually.Patience });
        await Assertions.Expect(page.Locator("article h2")).ToHaveTextAsync(["Front Door"]);
    }

    [Fact]
    public async Task The_Zone_Of_The_First_Browser_Is_Kept_And_A_Later_One_Changes_Nothing()
    {
        var house = await street.MoveInAsync(null, "Front Door");
        await using var context = await browser.NewContextAsync();
        var page = await house.OpenAsync(context, street.First, "/events");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Times in New York time.", new() { Timeout = s_soon });

        await street.Database.ExecuteAsync($"UPDATE users SET time_zone = 'Asia/Tokyo' WHERE id = '{house.User}'");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Times in Tokyo time.");
        Assert.Equal("Asia/Tokyo", await street.Database.ScalarAsync<string>($"SELECT time_zone FROM users WHERE id = '{house.User}'"));
    }

    private async Task SeenAsync(string what, IPage[] pages, Func<Task> act, Func<IPage, ILocator> seen)
    {
        var waited = Stopwatch.StartNew();
        await act();
        await EachAsync(pages, page => Assertions.Expect(seen(page)).ToBeVisibleAsync(new() { Timeout = s_soon }));
        output.WriteLine($"{what}: {waited.ElapsedMilliseconds} ms until seen in both");
    }

    private static async Task<bool> BelowAsync(ILocator lower, ILocator upper)
    {
        var (below, above) = (await lower.BoundingBoxAsync(), await upper.BoundingBoxAsync());
        return below!.Y >= above!.Y + above.Height;
    }

    private static async Task AddAsync(House house, string name)
    {
        await using var context = house.Street.Database.CreateContext();
        var id = Street.AddCamera(context, house.Link, house.User, name);
        await context.SaveChangesAsync();
        house.Tell(FeedKind.Device, id);
    }

    private static Task EachAsync(IEnumerable<IPage> pages, Func<IPage, Task> check) => Task.WhenAll(pages.Select(check));
}
