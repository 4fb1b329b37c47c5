using Microsoft.Playwright;
using RingPortal.Benchmarks.Rig;
using RingPortal.Web.Account.SecondStep;

namespace RingPortal.Benchmarks.Desk;

/// <summary>The first administrator, signed in with a second factor the way people do it.</summary>
internal sealed class Operator(DeskStage stage, IBrowserContext context)
{
    public const string Email = "operator@example.org";

    /// <summary>Makes the portal create the account at its start.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Admin__Email"] = Email, ["Admin__Password"] = HouseholdSeed.Password };

    /// <summary>Signs in and is led to the enrolment, because the desk asks for a second factor.</summary>
    public static async Task<Operator> ArriveAsync(DeskStage stage)
    {
        var context = await stage.Browser.NewPersonAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{stage.Origin}/Account/Login?returnUrl=/admin/accounts");
        await page.FillAsync("#email", Email);
        await page.FillAsync("#password", HouseholdSeed.Password);
        await page.ClickAsync("form[method=post] button.rp-btn-filled");
        await page.ClickAsync(Button("begin"));
        await page.FillAsync("[name=code]", Code(await page.Locator(".rp-qr code").InnerTextAsync()));
        await page.ClickAsync(Button("confirm"));
        await page.Locator(".rp-codes").WaitForAsync();
        await page.CloseAsync();
        return new Operator(stage, context);
    }

    /// <summary>The same person without a browser.</summary>
    public async Task<HttpClient> OutsideAsync() =>
        Outside.Open(stage.Portal.Port, stage.Origin, new KeptCookies((await context.CookiesAsync()).Select(cookie => KeyValuePair.Create(cookie.Name, cookie.Value))));

    /// <summary>A page of the desk with its circuit.</summary>
    /// <param name="path">Its address.</param>
    /// <param name="selector">Something on it that listens to its reader.</param>
    public async Task<IPage> OpenAsync(string path, string selector)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(stage.Origin + path);
        // Blazor notes at an element that somebody listens to it.
        await page.WaitForFunctionAsync("selector => Object.keys(document.querySelector(selector) ?? {}).some(key => key.startsWith('_blazorEvents'))", selector);
        return page;
    }

    private static string Button(string form) => $"form:has(input[name=_handler][value={form}]) button[type=submit]";

    /// <summary>What an authenticator app shows now.</summary>
    private static string Code(string key)
    {
        var bits = string.Concat(Base32.Bare(key).Select(sign => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(sign, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] bytes = [.. bits.Chunk(8).Where(group => group.Length == 8).Select(group => Convert.ToByte(new string(group), 2))];
        return Totp.Code(bytes, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
    }
}
