using System.Globalization;
using Microsoft.Playwright;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Feed;

/// <summary>
/// The browser that people have. It shares the processors with the portals, and that is part of the figure; a circuit without
/// a browser would leave out what a person waits for: the message, the change of the document, the frame that shows it.
/// </summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly string[] s_arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync(params string[] more)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var program = folders.SelectMany(folder => s_names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is not installed (Debian: apt-get install chromium).");
        var playwright = await Playwright.CreateAsync();
        return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = [.. s_arguments, .. more] }));
    }

    /// <summary>A fresh person, who trusts only what the browser was told to trust.</summary>
    public Task<IBrowserContext> NewPersonAsync() =>
        _browser.NewContextAsync(new BrowserNewContextOptions { Locale = "en-US", TimezoneId = "Europe/Berlin", ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });

    /// <summary>Signs in at one portal and stays on the page with the cameras.</summary>
    public async Task<OpenPage> OpenAsync(int port, Household household)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { IgnoreHTTPSErrors = true, Locale = "en-US", TimezoneId = "Europe/Berlin" });
        var page = await context.NewPageAsync();
        var origin = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{port}");
        await page.GotoAsync($"{origin}/Account/Login?returnUrl={Uri.EscapeDataString(OpenPage.Path)}");
        await page.FillAsync("#email", household.Email);
        await page.FillAsync("#password", HouseholdSeed.Password);
        await page.ClickAsync("form[method=post] button.rp-btn-filled");
        await page.WaitForURLAsync(origin + OpenPage.Path);
        await page.Locator("article.rp-camera").Nth(household.Cameras.Count - 1).WaitForAsync();
        await page.EvaluateAsync(OpenPage.Watch);
        return new OpenPage(page);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
