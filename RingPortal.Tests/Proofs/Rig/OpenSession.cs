using System.Diagnostics;
using System.Net;
using Microsoft.Playwright;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>One session in use at every instance: a page that is open in a real browser, and requests with its cookie.</summary>
internal sealed class OpenSession : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<IPage> _pages;
    private readonly IReadOnlyList<Visitor> _requests;
    private readonly string _path;

    private OpenSession(IReadOnlyList<IPage> pages, IReadOnlyList<Visitor> requests, string path) => (_pages, _requests, _path) = (pages, requests, path);

    /// <param name="world">With its instances.</param>
    /// <param name="screens">A browser before each instance, in their order.</param>
    /// <param name="cookies">The session.</param>
    /// <param name="path">The page.</param>
    public static async Task<OpenSession> OpenAsync(ProofWorld world, IReadOnlyList<ProofScreen> screens, Dictionary<string, string> cookies, string path)
    {
        var pages = new List<IPage>();
        foreach (var screen in screens)
        {
            pages.Add(await screen.OpenAsync(cookies, path));
        }

        var requests = world.Portals.Select(portal => new Visitor(ProxiedBrowser.Open(portal.Address, new Dictionary<string, string>(cookies)))).ToList();
        foreach (var request in requests)
        {
            Assert.Equal(HttpStatusCode.OK, (await request.GetAsync(path)).StatusCode);
        }

        return new OpenSession(pages, requests, path);
    }

    /// <summary>How long after the begin of an act the last page shows it no more, and how long the last request was answered as before.</summary>
    /// <param name="act">What takes the right away.</param>
    /// <param name="isLostAsync">Whether a page shows it no more; null when it is left.</param>
    public async Task<(TimeSpan Pages, TimeSpan Requests)> LostAsync(Func<Task> act, Func<IPage, Task<bool>>? isLostAsync = null)
    {
        var since = Stopwatch.StartNew();
        await act();
        var pages = Task.WhenAll(_pages.Select(page => TookAsync(since, () => (isLostAsync ?? IsLeftAsync)(page), $"{_path} is shown no more")));
        var requests = Task.WhenAll(_requests.Select(request => TookAsync(since, async () => (await request.GetAsync(_path)).StatusCode is not HttpStatusCode.OK, $"{_path} is refused")));
        return ((await pages).Max(), (await requests).Max());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var page in _pages)
        {
            await page.Context.CloseAsync();
        }

        foreach (var request in _requests)
        {
            request.Dispose();
        }
    }

    private Task<bool> IsLeftAsync(IPage page) => Task.FromResult(new Uri(page.Url).AbsolutePath != _path);

    private static async Task<TimeSpan> TookAsync(Stopwatch since, Func<Task<bool>> condition, string what)
    {
        await Eventually.TrueAsync(condition, s_patience, what);
        return since.Elapsed;
    }
}
