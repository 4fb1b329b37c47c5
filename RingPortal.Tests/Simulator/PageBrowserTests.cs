using Microsoft.Playwright;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Plans;
using RingPortal.Tests.Browser;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Simulator;

/// <summary>A person plays the Ring user, in real Chromium.</summary>
[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class PageBrowserTests(BrowserFixture browser) : IAsyncLifetime
{
    private const string FrontDoor = "ava1.ring.device.DEMOFRONTDOOR01";
    private TinyPartner partner = null!;
    private RingCloud cloud = null!;

    public async Task InitializeAsync()
    {
        partner = await TinyPartner.StartAsync();
        cloud = await RingCloud.StartAsync(RingCloudOptions.ForTests());
        cloud.Settings.PortalUrl = partner.Address;
    }

    public async Task DisposeAsync()
    {
        await cloud.DisposeAsync();
        await partner.DisposeAsync();
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_Person_Lets_Things_Happen_Without_Leaving_The_Place(int width, ColorScheme scheme)
    {
        await using var context = await browser.NewContextAsync(width, scheme: scheme);
        var page = await OpenAsync(context);
        var faults = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") faults.Add(message.Text); };
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Install") }).First.ClickAsync();
        await Assertions.Expect(page.Locator("#integration")).ToContainTextAsync("The portal took the code");

        await page.SelectOptionAsync("#kind-DEMOFRONTDOOR01", "Vehicle");
        await PressAsync(page, "Motion at Front Door");
        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync("Done: Motion at Front Door");
        await Assertions.Expect(page.Locator("#kind-DEMOFRONTDOOR01")).ToHaveValueAsync("Vehicle");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Motion at Front Door" })).ToBeFocusedAsync();
        await PressAsync(page, "Ring the doorbell Front Door");
        // Its answer draws the buttons anew: a press in that moment hits none.
        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync("Done: Ring the doorbell Front Door");
        await PressAsync(page, "Goes offline Backyard");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Comes online Backyard" })).ToBeVisibleAsync();
        await page.ClickAsync("#away-DEMODRIVEWAY03 summary");
        await PressAsync(page, "Revoke permission Driveway");
        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync("Done: Revoke permission Driveway");
        await Assertions.Expect(page.Locator("#happenings li", new() { HasText = "Driveway" })).ToContainTextAsync("Permission revoked");
        await PressAsync(page, "Start the trial");
        await Assertions.Expect(page.Locator("#plans li")).ToContainTextAsync("Active");
        await cloud.WhenEventsDeliveredAsync();
        Assert.Equal(
            ["button_press", "device_added", "device_added", "device_added", "device_added", "device_offline", "device_removed", "motion_detected", "subscription_activated"],
            partner.To("/ring/webhook").Select(call => (string)call.Json["data"]!["type"]!).Order());
        await Assertions.Expect(page.Locator("#deliveries .letters > li")).ToHaveCountAsync(9);
        await page.Locator("#deliveries .letters summary").First.ClickAsync();
        await LookAsync(page, $"events-{width}-{scheme.ToString().ToLowerInvariant()}");
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Trouble_Is_Made_Shown_And_Ended_And_Dead_Letters_Are_Replayed(int width, ColorScheme scheme)
    {
        partner.Usually = 503;
        cloud.Settings.Webhooks = cloud.Settings.Webhooks with { RetryMilliseconds = [1] };
        await cloud.InstallAsync("mara", new() { WithoutEvents = true });
        await using var context = await browser.NewContextAsync(width, scheme: scheme);
        var page = await OpenAsync(context);
        await page.FillAsync("#trouble [name=copies]", "2");
        await page.SelectOptionAsync("#trouble [name=signature]", "Truncated");
        await PressAsync(page, "Set the trouble");
        await Assertions.Expect(page.Locator("#trouble .note")).ToHaveTextAsync("Now: 2 copies of each event; signatures one digit short.");
        await page.FillAsync("#burst-count", "3");
        await PressAsync(page, "Send the burst for Mara");
        await cloud.Deliveries.WaitForAsync(RingEventTypes.MotionDetected, "mara", 6, TimeSpan.FromSeconds(20 * Eventually.Patience), DeliveryFate.DeadLetter);
        await Assertions.Expect(page.Locator("#deliveries .dead li")).ToHaveCountAsync(6);
        await LookAsync(page, $"trouble-{width}-{scheme.ToString().ToLowerInvariant()}");

        partner.Usually = 200;
        await page.SelectOptionAsync("#day-seconds", "1800");
        await PressAsync(page, "Play the day");
        await Assertions.Expect(page.Locator("#day .state")).ToContainTextAsync("1 of 14");
        await PressAsync(page, "Stop the day");
        await Assertions.Expect(page.Locator("#day .state")).ToContainTextAsync("Stopped after 06:40 Backyard sees an animal.");
        await page.Locator("#deliveries .dead button").First.ClickAsync();
        await Assertions.Expect(page.Locator("#deliveries .dead li")).ToHaveCountAsync(5);
        await PressAsync(page, "Replay all 5");
        await Assertions.Expect(page.Locator("#deliveries .dead li")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#deliveries .state")).ToHaveTextAsync("8 delivered");
        await PressAsync(page, "All as usual");
        await Assertions.Expect(page.Locator("#trouble .note")).ToHaveCountAsync(0);
        Assert.Equal(1, cloud.Settings.Webhooks.Copies);
    }

    [Fact]
    public async Task What_A_Script_Does_Appears_And_What_A_Person_Opened_Stays_Open()
    {
        await cloud.InstallAsync("mara", new() { WithoutEvents = true });
        await using var context = await browser.NewContextAsync();
        var page = await OpenAsync(context);
        await page.ClickAsync("#away-DEMOFRONTDOOR01 summary");
        cloud.Accounts.SetOnline("mara", FrontDoor, false);
        cloud.Plans.Start("mara", PlanKind.Paid);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Comes online Front Door" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#plans li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#away-DEMOFRONTDOOR01")).ToHaveAttributeAsync("open", "");
        cloud.Accounts.RemoveDevice("mara", FrontDoor, RemovalCause.DeletedAtRing);
        await Assertions.Expect(page.Locator("#happenings")).Not.ToContainTextAsync("Front Door");
    }

    private async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(cloud.BaseAddress, "/?account=mara").ToString());
        return page;
    }

    private static Task PressAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static Task LookAsync(IPage page, string name) => Looking.LookAsync(page, $"simulator/{name}");
}
