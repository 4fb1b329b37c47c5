using Microsoft.Playwright;
using RingPortal.Tests.Browser;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>Real Chromium before one instance, by the portal's public name: people with open pages.</summary>
internal sealed class ProofScreen : IAsyncDisposable
{
    private const string Player = ".rp-live";
    private readonly Uri _portal;
    private readonly BrowserFixture _browser;

    private ProofScreen(Uri portal, BrowserFixture browser) => (_portal, _browser) = (portal, browser);

    /// <param name="world">With instances that answer browsers.</param>
    /// <param name="instance">Before which of them, from 0.</param>
    public static async Task<ProofScreen> StartAsync(ProofWorld world, int instance = 0)
    {
        var portal = new Uri(world.Settings["Portal__PublicUrl"]);
        var browser = new BrowserFixture { More = [FormattableString.Invariant($"--host-resolver-rules=MAP {portal.Host} 127.0.0.1:{world.Portals[instance].SecurePort!.Value}")] };
        await browser.InitializeAsync();
        return new ProofScreen(portal, browser);
    }

    /// <summary>Signs in and opens the page of a camera, which waits to be started.</summary>
    public async Task<IPage> OpenAsync(Household household, Guid camera)
    {
        var context = await _browser.NewContextAsync(390, anyCertificate: true);
        var (page, path) = (await context.NewPageAsync(), $"/devices/{camera}");
        await page.GotoAsync(new Uri(_portal, $"/Account/Login?returnUrl={Uri.EscapeDataString(path)}").ToString());
        await page.FillAsync("#email", ProofLinking.EmailOf(household));
        await page.FillAsync("#password", Linking.Visitor.Password);
        await page.ClickAsync("form[method=post] button.rp-btn-filled");
        await page.WaitForURLAsync(new Uri(_portal, path).ToString());
        return page;
    }

    /// <summary>Opens a page in a session that somebody began elsewhere, until its circuit stands.</summary>
    public async Task<IPage> OpenAsync(IReadOnlyDictionary<string, string> cookies, string path)
    {
        var context = await _browser.NewContextAsync(anyCertificate: true);
        await context.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie.Key, Value = cookie.Value, Url = _portal.ToString(), Secure = true }));
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(_portal, path).ToString());
        await page.AliveAsync();
        return page;
    }

    /// <summary>Starts the live view, until its picture moves.</summary>
    public static async Task PlayAsync(IPage page)
    {
        await page.Locator(".rp-live-bar").GetByRole(AriaRole.Button, new() { Name = "Watch live" }).ClickAsync();
        await page.PlaysAsync();
    }

    /// <summary>Until the page shows the picture no more and says that the camera is gone; some seconds later it leads back to the others.</summary>
    public static async Task ToldAsync(IPage page)
    {
        await Assertions.Expect(Told(page)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator($"{Player} video:not([hidden])")).ToHaveCountAsync(0);
    }

    /// <summary>Whether the page says that the camera is gone.</summary>
    public static Task<bool> IsToldAsync(IPage page) => Told(page).IsVisibleAsync();

    private static ILocator Told(IPage page) => page.GetByText("is no longer shared").Or(page.GetByText("No cameras yet")).First;

    public async ValueTask DisposeAsync() => await _browser.DisposeAsync();
}
