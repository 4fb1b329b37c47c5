using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using RingPortal.Data.Events;
using RingPortal.Tests.Events;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Notifications;

namespace RingPortal.Tests.Browser;

/// <summary>Choosing e-mails, ending them from a message, taking that back; and the zone in which all times are told.</summary>
[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class NotificationsBrowserTests(BrowserFixture browser, Street street) : IClassFixture<Street>
{
    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public async Task A_Person_Chooses_E_Mails_And_Ends_Them_From_The_Message(int width, ColorScheme scheme)
    {
        var (house, tag) = (await street.MoveInAsync("Europe/Berlin", "Front Door", "Garage"), $"{width}-{scheme.ToString().ToLowerInvariant()}");
        await using var context = await browser.NewContextAsync(width, scheme: scheme);
        var page = await house.OpenAsync(context, street.First, "/Account");
        await page.LookAsync($"notify/account-{tag}");
        await page.StretchAsync("account");
        await page.GetByRole(AriaRole.Link, new() { Name = "See Ring accounts" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rp-account")).ToContainTextAsync("2 cameras");
        await page.LookAsync($"notify/ring-accounts-{tag}");
        await page.StretchAsync("Ring accounts");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Your account" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Notifications");
        var door = page.GetByRole(AriaRole.Group, new() { Name = "Front Door" });
        await door.GetByLabel("Someone rings").CheckAsync();
        await door.GetByLabel("At most one e-mail every").SelectOptionAsync("15");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("Your choices are saved.");
        await Assertions.Expect(door.GetByLabel("Someone rings")).ToBeCheckedAsync();
        await page.LookAsync($"notify/choices-{tag}");
        await page.StretchAsync("choices");

        await page.GotoAsync(new Uri(street.First.BaseAddress, await PathOfMessageAsync(house)).ToString());
        await page.LookAsync($"notify/ask-{tag}");
        await page.StretchAsync("unsubscribe");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop these e-mails" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("E-mails about Front Door are stopped");
        await page.LookAsync($"notify/stopped-{tag}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn them on again" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("E-mails about Front Door are on again");
        await page.LookAsync($"notify/on-{tag}");
        await page.GotoAsync(new Uri(street.First.BaseAddress, "/unsubscribe/nothing").ToString());
        await page.LookAsync($"notify/none-{tag}");
    }

    [Fact]
    public async Task The_Zone_Is_Chosen_Under_Account_And_Open_Pages_Follow()
    {
        var house = await street.MoveInAsync("Europe/Berlin", "Front Door");
        await using var context = await browser.NewContextAsync();
        var events = await house.OpenAsync(context, street.First, "/events");
        await Assertions.Expect(events.Locator("main")).ToContainTextAsync("Times in Berlin time.");
        await house.ListensAsync(street.First);
        var account = await context.NewPageAsync();
        await account.GotoAsync(new Uri(street.First.BaseAddress, "/Account").ToString());
        Assert.Contains("Tokyo (", await account.Locator("optgroup[label=Asia] option[value='Asia/Tokyo']").TextContentAsync(), StringComparison.Ordinal);

        await account.SelectOptionAsync("#timeZone", "Asia/Tokyo");
        await account.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Assertions.Expect(events.Locator("main")).ToContainTextAsync("Times in Tokyo time.", new() { Timeout = 10_000 * Eventually.Patience });
    }

    private async Task<string> PathOfMessageAsync(House house)
    {
        await using var scope = street.First.Services.CreateAsyncScope();
        await using var context = street.Database.CreateContext();
        await scope.ServiceProvider.GetRequiredService<NotificationDigests>().NoteAsync(
            context, house.Cameras[0], house.User, DeviceEventKind.Press, null, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<SendDigestsJob>().RunAsync(CancellationToken.None);
        // The portals' own timetables may be at it too: then until the message is written.
        await Eventually.TrueAsync(
            () => context.NotificationPreferences.AnyAsync(chosen => chosen.UserId == house.User && chosen.UnsubscribeHash != null), TimeSpan.FromSeconds(20), "the message is written");
        return scope.ServiceProvider.GetRequiredService<UnsubscribeSecrets>().PathOf(await context.NotificationPreferences.AsNoTracking().SingleAsync(chosen => chosen.UserId == house.User && chosen.UnsubscribeHash != null));
    }
}
