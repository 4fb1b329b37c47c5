using Microsoft.Playwright;
using RingPortal.Tests.Browser;

namespace RingPortal.Tests.Infrastructure;

/// <summary>
/// Real Chromium, one process for each of the two groups of browser tests (<see cref="BrowserGroup"/>,
/// <see cref="MovingBrowserGroup"/>); every test opens a context of its own.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
    ];

    /// <summary>As long as actions wait: what a slow machine shows late is there all the same.</summary>
    private static readonly float s_patience = 30_000 * Eventually.Patience;

    private IPlaywright _playwright = null!;

    /// <summary>More arguments for Chromium.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(s_patience);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Find(), Args = [.. s_arguments, .. More], Timeout = s_patience });
    }

    /// <summary>A fresh person at a screen of the given width: no cookies, its own colours.</summary>
    /// <param name="width">CSS pixels.</param>
    /// <param name="height">CSS pixels.</param>
    /// <param name="scheme">Light or dark.</param>
    /// <param name="anyCertificate">Whether a certificate that nobody signed is taken.</param>
    public async Task<IBrowserContext> NewContextAsync(int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, bool anyCertificate = false)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            IgnoreHTTPSErrors = anyCertificate,
            Locale = "en-US",
            TimezoneId = "America/New_York",
        });
        context.SetDefaultTimeout(s_patience);
        await context.AddInitScriptAsync("window.refused = []; addEventListener('securitypolicyviolation', broken => refused.push(`${broken.effectiveDirective} ${broken.blockedURI}`));");
        await context.AddInitScriptAsync("document.addEventListener('readystatechange', () => { window.drawnFirst ??= document.querySelector('main'); });");
        return context;
    }

    public async Task DisposeAsync()
    {
        await AxeRecord.WriteAsync();
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string Find()
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/bin");
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is not installed; test.sh installs it as root, else: apt-get install chromium");
    }
}

/// <summary>Most browser tests: they share one Chromium and run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserGroup : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}

/// <summary>
/// Browser tests with live views, recordings and the way from Ring to us: what they wait for is mostly not the processor, so
/// that they run beside the others.
/// </summary>
[CollectionDefinition(Name)]
public sealed class MovingBrowserGroup : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser, moving pictures";
}
