using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Devices;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Media;

namespace RingPortal.Tests.Browser;

/// <summary>Pictures and recordings as people see them, with Ring's simulator behind: shown, played, saved, kept.</summary>
[Collection(MovingBrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class MediaBrowserTests(BrowserFixture browser, CameraWorld world) : IClassFixture<CameraWorld>
{
    private static readonly float s_soon = 30_000 * Eventually.Patience;

    [Fact]
    public async Task A_Person_Sees_Plays_Saves_And_Keeps_What_A_Camera_Saw()
    {
        var ring = world.Links.Ring;
        ring.Settings.History = new() { ConsentedSince = DateTimeOffset.UnixEpoch };
        var person = await world.LinkAsync();
        var camera = (await world.DevicesAsync(person)).Single(device => device.Name == "Camera 1");
        await world.Links.Database.ExecuteAsync($"UPDATE ring_tokens SET linked_at = now() - interval '1 day' WHERE id = '{person.Link}'; UPDATE devices SET added_at = now() - interval '1 day' WHERE ring_token_id = '{person.Link}'");
        ring.Events.Press(person.Ring.Key, camera.RingDeviceId);
        await Eventually.TrueAsync(async () => await world.Links.Database.ScalarAsync<long>($"SELECT count(*) FROM device_events WHERE device_id = '{camera.Id}'") == 1, TimeSpan.FromSeconds(30), "the press is in the timeline");
        // For Ring it is over by now.
        ring.Clock.Advance(TimeSpan.FromSeconds(40));
        var entry = await world.Links.Database.ScalarAsync<Guid>($"SELECT id FROM device_events WHERE device_id = '{camera.Id}'");
        await using var phone = await browser.NewContextAsync(390, scheme: ColorScheme.Dark);
        await using var desk = await browser.NewContextAsync();
        var small = await OpenAsync(phone, person, $"/events?event={entry}");
        var large = await OpenAsync(desk, person, $"/events?event={entry}");

        await PlayAsync(large);
        await large.LookAsync("media/event-playing-1440-light");
        await SaveAsync(large);
        // Played and saved, fetched once; what the other browser does is its own.
        Assert.Equal(1, ring.Calls.Count(RingOperation.ClipDownload, person.Ring.Key));
        await DrawnAsync(small, ".rp-media-frame img");
        await small.LookAsync("media/event-390-dark");
        await small.StretchAsync("event");

        await KeepAsync(small, person, camera.Id);
        await AlbumAsync(large, camera.Id);
        await small.GotoAsync(new Uri(world.Links.Portal.BaseAddress, $"/devices/{camera.Id}?tab=pictures").ToString());
        await DrawnAsync(small, ".rp-tile img");
        await small.LookAsync("media/pictures-390-dark");
        await ZonesAsync(small, large, camera.Id);
    }

    /// <summary>Pressed before the page is alive: the press counts.</summary>
    private static async Task PlayAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Play recording" }).ClickAsync();
        await page.WaitForFunctionAsync("() => { const film = document.querySelector('.rp-media-frame video'); return film && !film.hidden && film.videoWidth > 0 && film.currentTime > 0.3; }", null, new() { Timeout = s_soon });
        // Seeking stays inside of what was fetched.
        await page.EvaluateAsync("document.querySelector('.rp-media-frame video').currentTime = 1");
        await page.WaitForFunctionAsync("() => document.querySelector('.rp-media-frame video').currentTime >= 1", null, new() { Timeout = s_soon });
    }

    private static async Task SaveAsync(IPage page)
    {
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync(), new() { Timeout = s_soon });
        Assert.Matches(@"^Camera 1 \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.mp4$", file.SuggestedFilename);
    }

    /// <summary>Turns the schedule on; its moment comes at once.</summary>
    private async Task KeepAsync(IPage page, LinkedPerson person, Guid camera)
    {
        await page.GotoAsync(new Uri(world.Links.Portal.BaseAddress, $"/devices/{camera}?tab=schedule").ToString());
        await page.GetByRole(AriaRole.Radio, new() { Name = "Every", Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Next picture: ", new() { Timeout = s_soon });
        await page.LookAsync("media/schedule-390-dark");
        await page.StretchAsync("schedule");
        await using var context = world.Links.Database.CreateContext();
        var schedule = await context.SnapshotSchedules.AsNoTracking().SingleAsync(row => row.DeviceId == camera && row.UserId == person.UserId);
        Assert.Equal(4, schedule.EveryHours);
        await world.Links.Database.ExecuteAsync($"UPDATE snapshot_schedules SET next_slot = now(), next_attempt_at = now() WHERE id = '{schedule.Id}'");
        await world.Links.Portal.KeepAsync(world.Links.Database, camera);
    }

    private async Task AlbumAsync(IPage page, Guid camera)
    {
        await page.GotoAsync(new Uri(world.Links.Portal.BaseAddress, $"/devices/{camera}?tab=pictures").ToString());
        await DrawnAsync(page, ".rp-tile img");
        await page.LookAsync("media/pictures-1440-light");
        await page.Locator(".rp-tile").ClickAsync();
        await DrawnAsync(page, ".rp-picture img");
        await page.LookAsync("media/picture-1440-light");
    }

    private async Task ZonesAsync(IPage small, IPage large, Guid camera)
    {
        foreach (var (page, name) in new[] { (small, "media/details-390-dark"), (large, "media/details-1440-light") })
        {
            await page.GotoAsync(new Uri(world.Links.Portal.BaseAddress, $"/devices/{camera}?tab=details").ToString());
            await DrawnAsync(page, ".rp-zones img");
            await Assertions.Expect(page.Locator(".rp-zones .rp-age time")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("just now|min ago"), new() { Timeout = s_soon });
            await page.LookAsync(name);
        }
    }

    /// <summary>Comes into sight and is there. Looked up each time: the page may be redrawn meanwhile.</summary>
    private static async Task DrawnAsync(IPage page, string picture) => await page.WaitForFunctionAsync(
        """
        selector => {
          const picture = document.querySelector(selector);
          picture?.parentElement.scrollIntoView({ block: "center" });
          return Boolean(picture) && !picture.hidden && picture.complete && picture.naturalWidth > 0;
        }
        """,
        picture,
        new() { Timeout = s_soon });

    private async Task<IPage> OpenAsync(IBrowserContext context, LinkedPerson person, string path)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(world.Links.Portal.BaseAddress, $"/Account/Login?returnUrl={Uri.EscapeDataString(path)}").ToString());
        await page.FillAsync("#email", $"{person.Ring.Key}@example.org");
        await page.FillAsync("#password", Linking.Visitor.Password);
        await page.ClickAsync("form[method=post] button.rp-btn-filled");
        await page.WaitForURLAsync(new Uri(world.Links.Portal.BaseAddress, path).ToString());
        return page;
    }
}
