using Microsoft.Playwright;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Browser;

/// <summary>The promise to a Ring user, whole: from the Ring app (the simulator's page) to the cameras, in real Chromium.</summary>
[Collection(MovingBrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class LinkingBrowserTests(BrowserFixture browser, LinkWorld world) : IClassFixture<LinkWorld>
{
    [Theory]
    [InlineData("mara", "priya", 1440, ColorScheme.Light)]
    [InlineData("devon", "tomas", 390, ColorScheme.Dark)]
    public async Task A_Ring_User_Signs_Up_And_Later_Signs_In_To_Connect_A_Second_Account(string who, string second, int width, ColorScheme scheme)
    {
        await using var context = await browser.NewContextAsync(width, scheme: scheme);
        var faults = new List<string>();
        var email = $"{who}-{Guid.NewGuid():N}@example.org";
        var tag = $"{width}-{scheme.ToString().ToLowerInvariant()}";

        var page = await TapSignInAsync(context, who, faults);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Connect your Ring cameras to Fairview");
        Assert.Equal("/ring/link/continue", new Uri(page.Url).AbsolutePath);
        Assert.Equal("", new Uri(page.Url).Query);
        await LookAsync(page, $"link/continue-{tag}");
        await page.FillAsync("#up-email", email);
        await page.FillAsync("#up-password", Visitor.Password);
        await page.ClickAsync("form[action='/ring/link/sign-up'] button[type=submit]");
        await ConsentAsync(page, tag);
        await page.ClickAsync("text=See my cameras");
        await page.WaitForURLAsync("**/devices");
        await Assertions.Expect(page.Locator("article")).Not.ToHaveCountAsync(0);
        await LookAsync(page, $"devices/cameras-{tag}");

        // The same person connects a second Ring account and signs in this time.
        var again = await TapSignInAsync(context, second, faults);
        await Assertions.Expect(again.Locator("#in-email")).ToHaveValueAsync(email);
        await LookAsync(again, $"link/continue-known-{tag}");
        await again.FillAsync("#in-password", "not my password at all");
        await again.ClickAsync("form[action='/ring/link/sign-in'] button[type=submit]");
        await Assertions.Expect(again.Locator(".rp-summary")).ToBeFocusedAsync();
        await LookAsync(again, $"link/continue-wrong-{tag}");
        await again.FillAsync("#in-password", Visitor.Password);
        await again.ClickAsync("form[action='/ring/link/sign-in'] button[type=submit]");
        await Assertions.Expect(again.Locator("main")).ToContainTextAsync("This becomes a second, separate home.");
        await ConsentAsync(again, $"second-{tag}");

        await again.GotoAsync(new Uri(world.Portal.BaseAddress, "/Account/RingAccounts").ToString());
        await Assertions.Expect(again.Locator(".rp-account")).ToHaveCountAsync(2);
        await LookAsync(again, $"link/accounts-{tag}");
        await again.ClickAsync(".rp-account >> nth=0 >> text=Disconnect");
        await LookAsync(again, $"link/disconnect-{tag}");
        await again.ClickAsync("main form button.rp-btn-danger");
        await Assertions.Expect(again.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Disconnected. One step is left in the Ring app");
        await LookAsync(again, $"link/disconnected-{tag}");
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("/ring/link", "bare", 200)]
    [InlineData("/ring/link?nonce=x&time=1", "broken", 400)]
    [InlineData("/ring/link?nonce=oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE&time=1790000000123", "expired", 400)]
    [InlineData("/ring/link/continue", "lost", 400)]
    public async Task Refused_Cases_Have_A_Page_That_Says_What_To_Do(string path, string name, int status)
    {
        foreach (var (width, scheme) in new[] { (390, ColorScheme.Light), (1440, ColorScheme.Dark), (320, ColorScheme.Light) })
        {
            await using var context = await browser.NewContextAsync(width, scheme: scheme);
            var page = await context.NewPageAsync();
            var answer = await page.GotoAsync(new Uri(world.Portal.BaseAddress, path).ToString());
            Assert.Equal(status, answer!.Status);
            await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Show me how" })).ToBeVisibleAsync();
            await LookAsync(page, $"link/{name}-{width}-{scheme.ToString().ToLowerInvariant()}");
        }
    }

    [Fact]
    public async Task While_Ring_Is_Silent_The_Page_Says_So_And_Then_Finishes_By_Itself()
    {
        await using var context = await browser.NewContextAsync(390, scheme: ColorScheme.Dark);
        var page = await ReachConsentAsync(context);
        world.Ring.Faults.Add(Fault.Answer(RingOperation.AppIntegrationsPost, 503, times: 100));
        await page.ClickAsync("form[action='/ring/link/confirm'] button");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Almost done", new() { Timeout = 30_000 * Eventually.Patience });
        world.Ring.Faults.Clear();
        await LookAsync(page, "link/late-390-dark");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Connected", new() { Timeout = 60_000 * Eventually.Patience });
    }

    [Fact]
    public async Task When_Ring_Refuses_The_Page_Says_What_To_Do_And_Gives_A_Number_For_Support()
    {
        await using var context = await browser.NewContextAsync(1440);
        var page = await ReachConsentAsync(context);
        // For Ring the nonce has run out by now.
        world.Ring.Clock.Offset = TimeSpan.FromMinutes(11);
        try
        {
            await page.ClickAsync("form[action='/ring/link/confirm'] button");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Ring did not accept this request", new() { Timeout = 30_000 * Eventually.Patience });
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("Reference [0-9A-Z]{4}-[0-9A-Z]{4}"));
            await LookAsync(page, "link/refused-1440-light");
        }
        finally
        {
            world.Ring.Clock.Offset = TimeSpan.Zero;
        }
    }

    private async Task<IPage> ReachConsentAsync(IBrowserContext context)
    {
        var person = await world.InstallAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(world.Ring.BeginLink(person.Key).ToString());
        await page.FillAsync("#up-email", $"browser-{Guid.NewGuid():N}@example.org");
        await page.FillAsync("#up-password", Visitor.Password);
        await page.ClickAsync("form[action='/ring/link/sign-up'] button[type=submit]");
        await page.WaitForSelectorAsync("form[action='/ring/link/confirm']");
        return page;
    }

    private static async Task ConsentAsync(IPage page, string tag)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Connect these two accounts?");
        await LookAsync(page, $"link/confirm-{tag}");
        await page.ClickAsync("form[action='/ring/link/confirm'] button");
        await page.WaitForURLAsync("**/ring/link/done");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Connected", new() { Timeout = 30_000 * Eventually.Patience });
        await LookAsync(page, $"link/done-{tag}");
    }

    /// <summary>Plays the Ring user: choose a person, install the app, tap Sign in; the portal opens in a tab of its own.</summary>
    private async Task<IPage> TapSignInAsync(IBrowserContext context, string who, List<string> faults)
    {
        var app = await context.NewPageAsync();
        await app.GotoAsync(new Uri(world.Ring.BaseAddress, $"/?account={who}").ToString());
        await app.GetByRole(AriaRole.Button, new() { NameRegex = new("^Install") }).First.ClickAsync();
        await Assertions.Expect(app.Locator("main")).ToContainTextAsync("The portal took the code");
        var page = await context.RunAndWaitForPageAsync(() => app.ClickAsync("a.button.main"));
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("400", StringComparison.Ordinal))
            {
                faults.Add($"{page.Url}: {message.Text}");
            }
        };
        await page.WaitForURLAsync("**/ring/link/continue");
        return page;
    }

    private static Task LookAsync(IPage page, string name) => Looking.LookAsync(page, name);
}
