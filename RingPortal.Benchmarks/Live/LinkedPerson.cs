using Microsoft.Playwright;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Live;

/// <summary>Somebody who signed up and connected a Ring account, the way people do it.</summary>
internal sealed class LinkedPerson(LiveStage stage, IBrowserContext context, IReadOnlyList<string> cameras)
{
    /// <summary>The browser in which the person is signed in.</summary>
    public IBrowserContext Context => context;

    /// <summary>The portal's ids of the cameras.</summary>
    public IReadOnlyList<string> Cameras => cameras;

    public static async Task<LinkedPerson> LinkAsync(LiveStage stage, string key, int cameras)
    {
        var query = await stage.Ring.BeginAsync(key, cameras);
        var context = await stage.Browser.NewPersonAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{stage.Origin}/ring/link{query}");
        await page.FillAsync("#up-email", $"{key}@example.org");
        await page.FillAsync("#up-password", HouseholdSeed.Password);
        await page.ClickAsync("form[action='/ring/link/sign-up'] button[type=submit]");
        await page.ClickAsync("form[action='/ring/link/confirm'] button");
        await page.WaitForURLAsync("**/ring/link/done");
        await page.Locator("h1", new() { HasTextString = "Connected" }).WaitForAsync();
        await page.GotoAsync($"{stage.Origin}/devices");
        await page.Locator("article.rp-camera").Nth(cameras - 1).WaitForAsync();
        var addresses = await page.Locator("article.rp-camera a").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => link.pathname))].filter(path => /^\\/devices\\/[0-9a-f-]{36}$/.test(path))");
        await page.CloseAsync();
        return new LinkedPerson(stage, context, [.. addresses.Select(address => address.Split('/')[^1])]);
    }

    /// <summary>The same person without a browser: the portal's own port, as a proxy calls it.</summary>
    public async Task<HttpClient> OutsideAsync()
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{stage.Origin}/Account");
        var form = await page.Locator("input[name=__RequestVerificationToken]").First.GetAttributeAsync("value");
        await page.CloseAsync();
        var cookies = (await context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}");
        var client = Outside.Open(stage.Portal.Port, stage.Origin);
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies));
        client.DefaultRequestHeaders.Add("RequestVerificationToken", form);
        return client;
    }
}
