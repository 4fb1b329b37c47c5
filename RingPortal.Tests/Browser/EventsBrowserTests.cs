using Microsoft.Playwright;
using RingPortal.Data.Events;
using RingPortal.Tests.Events;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Tests.Browser;

/// <summary>The timeline as people use it: filters in the address, older pieces, news behind a bar, one entry.</summary>
[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class EventsBrowserTests(BrowserFixture browser, Street street) : IClassFixture<Street>
{
    private static readonly float s_soon = 10_000 * Eventually.Patience;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task On_A_Desk_Choices_Stand_In_The_Address_And_Back_And_Reload_Keep_Them(ColorScheme scheme)
    {
        var (house, tag) = (await FilledAsync(), $"1440-{scheme.ToString().ToLowerInvariant()}");
        await using var context = await browser.NewContextAsync(scheme: scheme);
        var page = await house.OpenAsync(context, street.First, "/events");
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(7);
        await house.ListensAsync(street.First);
        await page.LookAsync($"events/all-{tag}");
        await page.StretchAsync("events");
        var side = page.Locator(".rp-timeline-side");

        await side.GetByLabel("Garage").CheckAsync();
        await page.WaitForURLAsync($"**/events?camera={house.Cameras[1]}");
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(3);
        await side.GetByLabel("Vehicle").CheckAsync();
        await page.WaitForURLAsync($"**/events?camera={house.Cameras[1]}&kind=vehicle");
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(1);
        await page.Locator(".rp-event").ClickAsync();
        await Assertions.Expect(page.Locator("#event-title")).ToBeFocusedAsync();
        await page.LookAsync($"events/one-{tag}");
        await page.StretchAsync("event");
        var address = page.Url;

        await page.ReloadAsync();
        Assert.Equal(address, page.Url);
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#event-title")).ToHaveTextAsync("Vehicle");
        await Assertions.Expect(side.GetByLabel("Garage")).ToBeCheckedAsync();
        // Nobody follows Back while the circuit is being made.
        await page.AliveAsync();
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("#event-title")).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(3);
        await Assertions.Expect(side.GetByLabel("Vehicle")).Not.ToBeCheckedAsync();

        await page.FillAsync("#side-day", "2020-01-01");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing fits these filters" })).ToBeVisibleAsync();
        await page.LookAsync($"events/nofit-{tag}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(7);
        Assert.EndsWith("/events", page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task On_A_Phone_Choices_Are_Made_In_A_Sheet_And_An_Entry_Is_A_Page_Of_Its_Own(ColorScheme scheme)
    {
        var (house, tag) = (await FilledAsync(), $"390-{scheme.ToString().ToLowerInvariant()}");
        await using var context = await browser.NewContextAsync(390, scheme: scheme);
        var page = await house.OpenAsync(context, street.Second, "/events");
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(7);
        await house.ListensAsync(street.Second);
        await page.LookAsync($"events/all-{tag}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Filters" }).ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Filters" });
        await Assertions.Expect(sheet.GetByRole(AriaRole.Button, new() { Name = "Show 7 events" })).ToBeVisibleAsync();
        await sheet.GetByLabel("Front Door").CheckAsync();
        await Assertions.Expect(sheet.GetByRole(AriaRole.Button, new() { Name = "Show 4 events" })).ToBeVisibleAsync();
        await sheet.GetByLabel("Person").CheckAsync();
        await Assertions.Expect(sheet.GetByRole(AriaRole.Button, new() { Name = "Show 2 events" })).ToBeVisibleAsync();
        await page.LookAsync($"events/sheet-{tag}");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(sheet).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(7);

        await page.GetByRole(AriaRole.Button, new() { Name = "Filters" }).ClickAsync();
        await Assertions.Expect(sheet.GetByLabel("Person")).Not.ToBeCheckedAsync();
        await Assertions.Expect(sheet.GetByRole(AriaRole.Button, new() { Name = "Show 7 events" })).ToBeVisibleAsync();
        await sheet.GetByLabel("Person").CheckAsync();
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Show 2 events" }).ClickAsync();
        await page.WaitForURLAsync("**/events?kind=person");
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(2);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Filters 1" })).ToBeVisibleAsync();

        await page.Locator(".rp-event").First.ClickAsync();
        await Assertions.Expect(page.Locator("#event-title")).ToHaveTextAsync("Person");
        await Assertions.Expect(page.Locator(".rp-event").First).ToBeHiddenAsync();
        await page.LookAsync($"events/one-{tag}");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Events" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rp-event").First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task News_Wait_Behind_A_Bar_And_Older_Pieces_Have_Addresses()
    {
        var house = await street.MoveInAsync("Europe/Berlin", "Front Door");
        await street.Database.ExecuteAsync(
            $"""
            INSERT INTO device_events (id, device_id, user_id, kind, sub_type, occurred_at, recorded_at, source_key)
            SELECT gen_random_uuid(), '{house.Cameras[0]}', '{house.User}', 'Motion', 'animal', now() - n * interval '1 hour', now(), 'k' || n FROM generate_series(1, 120) n
            """);
        await using var context = await browser.NewContextAsync(390);
        var page = await house.OpenAsync(context, street.Second, "/events");
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(50);
        await house.ListensAsync(street.Second);

        for (var n = 0; n < 3; n++)
        {
            await house.HappenAsync(0, DeviceEventKind.Press);
        }

        var bar = page.GetByRole(AriaRole.Button, new() { Name = "3 new events, show" });
        await Assertions.Expect(bar).ToBeVisibleAsync(new() { Timeout = s_soon });
        await Assertions.Expect(page.Locator(".rp-event-what").First).ToHaveTextAsync("Animal");
        await page.LookAsync("events/newer-390-light");
        await bar.ClickAsync();
        await Assertions.Expect(page.Locator(".rp-event-what").First).ToHaveTextAsync("Someone rang");
        await Assertions.Expect(page.Locator(".rp-event").First).ToBeFocusedAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Show older" }).ClickAsync();
        await page.WaitForURLAsync("**/events?before=*");
        await Assertions.Expect(page.Locator(".rp-event").First).ToBeFocusedAsync();
        var (address, first) = (page.Url, await page.Locator(".rp-event").First.GetAttributeAsync("href"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Show older" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(23);
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".rp-event")).ToHaveCountAsync(50);
        await page.ReloadAsync();
        Assert.Equal(address, page.Url);
        await Assertions.Expect(page.Locator(".rp-event").First).ToHaveAttributeAsync("href", first!);
        await page.LookAsync("events/older-390-light");
        await page.GetByRole(AriaRole.Link, new() { Name = "Newest events" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rp-event-what").First).ToHaveTextAsync("Someone rang");
    }

    [Fact]
    public async Task Empty_Gone_And_Nobodys_Entries_Have_Their_Words()
    {
        var (house, other) = (await street.MoveInAsync("UTC", "Front Door"), await street.MoveInAsync("UTC", "Elsewhere"));
        var theirs = await other.HappenAsync(0, DeviceEventKind.Press);
        await using var context = await browser.NewContextAsync(1440);
        var page = await house.OpenAsync(context, street.First, "/events");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No events yet" })).ToBeVisibleAsync();
        await page.LookAsync("events/none-1440-light");

        await page.GotoAsync(new Uri(street.First.BaseAddress, "/events?day=2026-11-20").ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^No events on Fri 20 Nov") })).ToBeVisibleAsync();
        await page.LookAsync("events/empty-1440-light");
        await page.GotoAsync(new Uri(street.First.BaseAddress, $"/events?event={theirs}").ToString());
        await Assertions.Expect(page.Locator("#event-title")).ToHaveTextAsync("This event is no longer here");
        await page.LookAsync("events/gone-1440-light");

        await house.ChangeAsync(0, FeedKind.Removed, "removed_at = now()");
        await page.GotoAsync(new Uri(street.First.BaseAddress, "/events").ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No cameras yet" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Person")).ToHaveCountAsync(0);
        await page.LookAsync("events/nothing-1440-light");
        await page.GotoAsync(new Uri(street.First.BaseAddress, "/events?kind=ring").ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_Cameras_Own_Section_Has_Filters_Gaps_And_Live_Views_And_Keeps_Its_Address()
    {
        var house = await FilledAsync();
        var (camera, now) = (house.Cameras[0], DateTimeOffset.UtcNow);
        await house.HappenAsync(0, DeviceEventKind.LiveView, DeviceEvent.OwnView, now.AddDays(-1).AddMinutes(-1));
        await house.HappenAsync(0, DeviceEventKind.LiveView, at: now.AddDays(-1).AddMinutes(-5));
        await street.Database.ExecuteAsync(
            $"""
            INSERT INTO event_gaps (id, device_id, from_at, to_at, cause, state, found, filled, attempts, listed_at, next_attempt_at)
            VALUES (gen_random_uuid(), '{camera}', now() - interval '2 days 5 hours', now() - interval '2 days 2 hours', 'outage', 'Open', 0, 0, 0, now(), now() + interval '1 day')
            """);
        await street.Database.ExecuteAsync($"UPDATE device_histories SET is_complete = false WHERE device_id = '{camera}'");
        await using (var desk = await browser.NewContextAsync(1440))
        {
            var page = await house.OpenAsync(desk, street.First, $"/devices/{camera}?tab=events");
            await Assertions.Expect(page.Locator("a.rp-event")).ToHaveCountAsync(6);
            await Assertions.Expect(page.Locator(".rp-event-gap")).ToContainTextAsync("may be missing. We are filling them in.");
            await Assertions.Expect(page.Locator(".rp-event-what", new() { HasText = "Live view by you" })).ToBeVisibleAsync();
            await page.AliveAsync();
            await page.LookAsync("events/camera-1440-light");
            await page.Locator(".rp-timeline-side").GetByLabel("Live view").CheckAsync();
            await page.WaitForURLAsync($"**/devices/{camera}?tab=events&kind=live");
            await Assertions.Expect(page.Locator("a.rp-event")).ToHaveCountAsync(2);
            await page.Locator("a.rp-event").First.ClickAsync();
            await Assertions.Expect(page.Locator("#event-title")).ToBeFocusedAsync();
            await page.GoBackAsync();
            await page.GoBackAsync();
            await Assertions.Expect(page.Locator("a.rp-event")).ToHaveCountAsync(6);
        }

        await using var phone = await browser.NewContextAsync(390, scheme: ColorScheme.Dark);
        var small = await house.OpenAsync(phone, street.Second, $"/devices/{camera}?tab=events&kind=ring");
        await Assertions.Expect(small.GetByRole(AriaRole.Button, new() { Name = "Filters 1" })).ToBeVisibleAsync();
        await Assertions.Expect(small.GetByRole(AriaRole.Button, new() { Name = "Show older" })).ToBeVisibleAsync();
        await small.LookAsync("events/camera-390-dark");
    }

    private async Task<House> FilledAsync()
    {
        var house = await street.MoveInAsync("Europe/Berlin", "Front Door", "Garage");
        var now = DateTimeOffset.UtcNow;
        await house.HappenAsync(0, DeviceEventKind.Press, at: now.AddDays(-1));
        await house.HappenAsync(0, DeviceEventKind.Motion, "human", now.AddDays(-1).AddMinutes(-2));
        await house.HappenAsync(0, DeviceEventKind.Motion, "package", now.AddDays(-3));
        await house.HappenAsync(0, DeviceEventKind.Motion, "human", now.AddDays(-3).AddMinutes(-1));
        await house.HappenAsync(1, DeviceEventKind.Motion, "vehicle", now.AddDays(-1).AddMinutes(-4));
        await house.HappenAsync(1, DeviceEventKind.Motion, "motion", now.AddDays(-3).AddMinutes(-5));
        await house.HappenAsync(1, DeviceEventKind.Other, "flood_detected", now.AddDays(-400));
        return house;
    }
}
