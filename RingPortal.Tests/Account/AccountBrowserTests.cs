using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using RingPortal.Tests.Browser;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Account;

[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class AccountBrowserTests(BrowserFixture browser, AccountHost host) : IClassFixture<AccountHost>
{
    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public async Task A_Person_Signs_Up_Looks_At_The_Account_And_Comes_Back(int width, ColorScheme scheme)
    {
        await using var context = await browser.NewContextAsync(width, scheme: scheme);
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("400", StringComparison.Ordinal)) { faults.Add(message.Text); } };
        var email = Visitor.NewEmail();

        await page.GotoAsync(new Uri(host.Address, "/Account/Register").ToString());
        await LookAsync(page, $"register-{width}-{scheme}");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", "short");
        await page.ClickAsync("form[method=post] button.rp-btn-filled");
        await Assertions.Expect(page.Locator("#password-error")).ToBeVisibleAsync();
        await LookAsync(page, $"register-wrong-{width}-{scheme}");
        await page.FillAsync("#password", Visitor.Password);
        await page.ClickAsync("form[method=post] button.rp-btn-filled");
        await page.WaitForURLAsync("**/devices");

        await page.GotoAsync(new Uri(host.Address, "/Account").ToString());
        await Assertions.Expect(page.Locator("#timeZone")).ToHaveValueAsync("America/New_York");
        await LookAsync(page, $"account-{width}-{scheme}");
        await page.ClickAsync("main form[action='/Account/Logout'] button");
        await Assertions.Expect(page.Locator("#email")).ToHaveValueAsync(email);
        await LookAsync(page, $"login-{width}-{scheme}");
        await page.FillAsync("#password", "not the password");
        await page.ClickAsync("form[method=post] button.rp-btn-filled");
        await Assertions.Expect(page.Locator(".rp-summary")).ToBeVisibleAsync();
        await LookAsync(page, $"login-wrong-{width}-{scheme}");

        Assert.Empty(faults);
        Assert.Equal("America/New_York", (await host.WithContextAsync(data => data.Users.SingleAsync(user => user.Email == email))).TimeZone);
    }

    private static Task LookAsync(IPage page, string name) => Looking.LookAsync(page, $"account/{name}");
}
