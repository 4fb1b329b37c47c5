using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RingPortal.Simulator.Live;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Browser;

/// <summary>What a live view comes to when the limit is not known, the picture does not come or cannot be read, or nobody looks. The page's clock is put forward: nobody waits.</summary>
public sealed partial class LiveViewBrowserTests
{
    /// <summary>Longer than a first picture may take (ms).</summary>
    private const long TooLong = 16_000;

    /// <summary>So much time at once passes for a stall, not for an end (ms).</summary>
    private const int Stride = 4_000;

    /// <summary>After so long without a picture the page takes it for a drop (ms).</summary>
    private const int Stall = 6_500;

    [Fact]
    public async Task When_Pictures_Still_Come_After_Half_A_Minute_It_Goes_On_And_The_Camera_Keeps_That()
    {
        var viewer = await world.ViewerAsync();
        world.Ring.Settings.Live = s_long;
        await using var context = await browser.NewContextAsync(390);
        await context.Clock.InstallAsync();
        var page = await OpenAsync(context, viewer, $"/devices/{viewer.Cameras[0]}");
        await StartAsync(page);
        Assert.InRange(await LeftAsync(page), 1, 30);
        // For the portal half a minute is over as well.
        await world.Links.Database.ExecuteAsync($"UPDATE live_sessions SET opened_at = opened_at - interval '31 seconds' WHERE user_id = '{viewer.UserId}'");

        await PassAsync(page, until: 5);

        await Eventually.TrueAsync(async () => await LeftAsync(page) is > 10 and <= 29, s_soon, "the countdown goes on to a minute");
        await page.PlaysAsync();
        await Assertions.Expect(page.Locator(Player)).ToHaveAttributeAsync("data-state", "live");
        await Eventually.TrueAsync(
            async () => await world.Links.Database.ScalarAsync<long>($"SELECT count(*) FROM devices WHERE id = '{viewer.Cameras[0]}' AND live_limit_seconds = 60") == 1, s_soon, "the camera keeps it");
        await page.LookAsync("live/longer-390-light");

        await page.Clock.FastForwardAsync(30_000);
        await Assertions.Expect(page.Locator(Player)).ToHaveAttributeAsync("data-state", "ended", new() { Timeout = s_patience });
        await world.ClosedAsync(viewer);
        Assert.Single(world.At(viewer));
        await StartAsync(page, "Watch again");
        Assert.InRange(await LeftAsync(page), 31, 59);
        await page.CloseAsync(new() { RunBeforeUnload = true });
        await world.ClosedAsync(viewer);
    }

    [Fact]
    public async Task When_No_Picture_Comes_Through_Or_It_Cannot_Be_Read_The_Page_Says_Why()
    {
        var viewer = await world.ViewerAsync();
        await using var context = await browser.NewContextAsync(scheme: ColorScheme.Dark);
        await context.Clock.InstallAsync();
        var page = await OpenAsync(context, viewer, $"/devices/{viewer.Cameras[0]}");
        world.Ring.Settings.Live = new() { WithoutMedia = true };
        await TapAsync(page, "Watch live");
        await ForwardUntilAsync(page, "network");
        await Assertions.Expect(page.Locator(Player).GetByText("Your network blocks live video")).ToBeVisibleAsync();
        await page.LookAsync("live/network-1440-dark");
        await world.ClosedAsync(viewer);

        world.Ring.Settings.Live = s_long with { Protected = true };
        await TapAsync(page, "Try again");
        await Eventually.TrueAsync(() => world.At(viewer)[^1] is { Play: LivePlay.Playing, Frames: > 30 }, s_soon, "pictures are sent");
        await ForwardUntilAsync(page, "protected");
        await Assertions.Expect(page.Locator("video")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(Player)).ToContainTextAsync("Video is protected by your Ring encryption setting");
        await Assertions.Expect(page.Locator(Player).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await page.LookAsync("live/protected-1440-dark");
        await world.ClosedAsync(viewer);
        Assert.Equal(2, world.At(viewer).Count);
    }

    [Fact]
    public async Task A_Tab_That_Nobody_Sees_Streams_Nothing_And_Begins_Nothing_When_It_Is_Seen_Again()
    {
        var viewer = await world.ViewerAsync();
        await LastAsync(viewer);
        await using var context = await browser.NewContextAsync(390, scheme: ColorScheme.Dark);
        var page = await OpenAsync(context, viewer, $"/devices/{viewer.Cameras[0]}");
        await StartAsync(page);

        await ShowAsync(page, hidden: true);

        await world.ClosedAsync(viewer);
        Assert.Equal(["live.started Person ", "live.ended Person left"], await world.TrailAsync(viewer.Cameras[0]));
        await ShowAsync(page, hidden: false);
        await Assertions.Expect(page.Locator(Player)).ToHaveAttributeAsync("data-state", "ended");
        await Assertions.Expect(page.Locator("canvas")).ToBeVisibleAsync();
        await page.LookAsync("live/left-390-dark");
        Assert.Single(world.At(viewer));
        await StartAsync(page, "Watch again");
        await page.CloseAsync(new() { RunBeforeUnload = true });
        await world.ClosedAsync(viewer);
    }

    /// <summary>Taps, and waits for the portal's answer.</summary>
    private static async Task TapAsync(IPage page, string name) => await page.RunAndWaitForResponseAsync(
        () => page.Locator(".rp-live-bar").GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync(),
        answer => answer.Request.Method == "POST" && answer.Url.Contains("/live?", StringComparison.Ordinal) && answer.Status == 201);

    /// <summary>The page's own clock passes the time that a first picture has, until it says what it makes of that.</summary>
    private static Task ForwardUntilAsync(IPage page, string state) => Eventually.TrueAsync(
        async () =>
        {
            await page.Clock.FastForwardAsync(TooLong);
            return await page.Locator(Player).GetAttributeAsync("data-state") == state;
        },
        s_soon, $"the page says {state}");

    /// <summary>The page's own clock passes in strides, between which pictures are counted, until so many seconds are left.</summary>
    private static async Task PassAsync(IPage page, int until)
    {
        for (var left = await LeftAsync(page); left > until; left = await LeftAsync(page))
        {
            var before = await page.FrameAsync();
            // Not beyond it: what the page says at that moment is not said later.
            await page.Clock.FastForwardAsync(Math.Min(Stride, (left - until) * 1_000));
            await Eventually.TrueAsync(async () => await page.FrameAsync() > before + 10, s_soon, "pictures are counted again");
        }
    }

    private static async Task<int> LeftAsync(IPage page) =>
        int.TryParse(Digits().Match(await page.Locator("[data-left]").TextContentAsync() ?? "").Value, out var left) ? left : 0;

    /// <summary>Chromium under control keeps every page visible: its own word is put in another's place.</summary>
    private static async Task ShowAsync(IPage page, bool hidden) => await page.EvaluateAsync(
        "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden }); document.dispatchEvent(new Event('visibilitychange')); }", hidden);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
