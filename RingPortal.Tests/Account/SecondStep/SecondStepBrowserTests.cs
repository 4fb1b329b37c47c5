using Microsoft.Playwright;
using RingPortal.Tests.Browser;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Account.SecondStep;

[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class SecondStepBrowserTests(BrowserFixture browser, AccountHost host) : IClassFixture<AccountHost>
{
    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public async Task A_Person_Turns_The_Second_Step_On_And_Signs_In_With_It(int width, ColorScheme scheme)
    {
        await using var context = await browser.NewContextAsync(width, scheme: scheme);
        var page = await context.NewPageAsync();
        var email = Visitor.NewEmail();
        await GoAsync(page, "/Account/Register");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", Visitor.Password);
        await page.ClickAsync("form[method=post] button.rp-btn-filled");
        await page.WaitForURLAsync("**/devices");

        await GoAsync(page, "/Account/TwoFactor");
        await LookAsync(page, $"off-{width}");
        await page.ClickAsync("main button.rp-btn-filled");
        var app = new AuthenticatorApp(await page.InnerTextAsync(".rp-qr code"));
        await LookAsync(page, $"offer-{width}");
        await page.StretchAsync("second step offer");
        await page.FillAsync("#code", await app.NextAsync());
        await page.ClickAsync("main button.rp-btn-filled");
        await Assertions.Expect(page.Locator(".rp-codes li")).ToHaveCountAsync(10);
        await LookAsync(page, $"codes-{width}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("main a[download]"));
        Assert.Equal(10, (await File.ReadAllLinesAsync((await download.PathAsync())!)).Length);
        await page.ClickAsync("main a.rp-btn-filled");

        await page.ClickAsync("main form[action='/Account/Logout'] button");
        await page.FillAsync("#password", Visitor.Password);
        await page.ClickAsync("form[method=post] button.rp-btn-filled");
        await page.WaitForURLAsync("**/Account/SignInWith2fa");
        await LookAsync(page, $"step-{width}");
        await page.FillAsync("#code", "000000");
        await page.ClickAsync("main button.rp-btn-filled");
        await Assertions.Expect(page.Locator("#code-error")).ToBeVisibleAsync();
        await LookAsync(page, $"step-wrong-{width}");
        await page.FillAsync("#code", await app.NextAsync());
        await page.ClickAsync("main button.rp-btn-filled");
        await page.WaitForURLAsync("**/devices");
    }

    private async Task GoAsync(IPage page, string path) => await page.GotoAsync(new Uri(host.Address, path).ToString());

    private static Task LookAsync(IPage page, string name) => Looking.LookAsync(page, $"second-step/{name}");
}
