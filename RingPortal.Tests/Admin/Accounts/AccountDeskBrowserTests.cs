using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using RingPortal.Data.Account;
using RingPortal.Tests.Account;
using RingPortal.Tests.Browser;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Admin.Accounts;

[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class AccountDeskBrowserTests(BrowserFixture browser, AccountHost host) : IClassFixture<AccountHost>
{
    [Fact]
    public async Task An_Administrator_Finds_A_Person_Locks_The_Account_And_Unlocks_It()
    {
        using var person = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await person.SignUpAsync(email);
        using var admin = await StaffCast.ArriveAsync(host.Address, host.Database.ExecuteAsync);
        await using var context = await browser.NewContextAsync();
        await admin.LendSessionAsync(context, host.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, "/admin/accounts").ToString());
        await page.AliveAsync();
        await Looking.LookAsync(page, "admin/accounts");

        await page.FillAsync("#account-search", "nobody@example.org");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("No account has exactly this e-mail.")).ToBeVisibleAsync();
        await page.FillAsync("#account-search", email);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/admin/accounts/*");
        // The address names the account by our own key alone.
        Assert.DoesNotContain("example", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#account-facts")).ToHaveTextAsync(email);
        await Looking.LookAsync(page, "admin/account");
        await page.StretchAsync("admin/account");

        await ActAsync(page, "lock", "The account is locked and its sessions are over.", lookAt: "admin/account-lock");
        Assert.True((await host.WithContextAsync(data => data.Users.AsNoTracking().SingleAsync(user => user.Email == email))).LockoutEnd > TimeProvider.System.GetUtcNow().AddYears(1));
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await Looking.LookAsync(page, "admin/account-locked-dark");
        await ActAsync(page, "unlock", "The account is open again.");
        Assert.Null((await host.WithContextAsync(data => data.Users.AsNoTracking().SingleAsync(user => user.Email == email))).LockoutEnd);
    }

    [Fact]
    public async Task An_Administrator_Makes_Somebody_Staff()
    {
        using var person = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await person.SignUpAsync(email);
        var account = await host.WithContextAsync(data => data.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync());
        using var admin = await StaffCast.ArriveAsync(host.Address, host.Database.ExecuteAsync);
        await using var context = await browser.NewContextAsync();
        await admin.LendSessionAsync(context, host.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, $"/admin/accounts/{account}").ToString());
        await page.AliveAsync();

        await page.ClickAsync("[data-act=role]");
        var dialog = page.Locator("dialog[open]");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Radio, new() { Name = "Consumer" })).ToBeCheckedAsync();
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Support" }).CheckAsync();
        await dialog.Locator("textarea").FillAsync("Joins the night shift");
        await Looking.LookAsync(page, "admin/account-role");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(390, 844);
        await dialog.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(dialog.GetByText("The e-mail is not confirmed.")).ToBeVisibleAsync();
        await Looking.LookAsync(page, "admin/account-role-refused-dark");
        await host.Database.ExecuteAsync($"UPDATE users SET email_confirmed = true WHERE id = '{account}'");
        await dialog.Locator("button[type=submit]").ClickAsync();

        await Assertions.Expect(page.GetByText("The role is changed and the old sessions are over.")).ToBeVisibleAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("dd").GetByText("Support: sees the desk and changes nothing")).ToBeVisibleAsync();
        await Looking.LookAsync(page, "admin/account-staff-dark");
    }

    [Fact]
    public async Task Support_Sees_The_Account_And_No_Act()
    {
        using var person = new Visitor(host.Address);
        var email = Visitor.NewEmail();
        await person.SignUpAsync(email);
        var account = await host.WithContextAsync(data => data.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync());
        using var support = await StaffCast.ArriveAsync(host.Address, host.Database.ExecuteAsync, PortalRoles.Support);

        var shown = await support.Browser.PageAsync($"/admin/accounts/{account}");

        Assert.Contains(email, shown.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(shown.QuerySelectorAll("[data-act]"));
        Assert.Empty(shown.QuerySelectorAll("main img"));
    }

    private static async Task ActAsync(IPage page, string act, string done, string? lookAt = null)
    {
        await page.ClickAsync($"[data-act={act}]");
        await page.FillAsync("dialog[open] textarea", "Asked for on the phone");
        if (lookAt is not null)
        {
            await Looking.LookAsync(page, lookAt);
        }

        await page.ClickAsync("dialog[open] button[type=submit]");
        await Assertions.Expect(page.GetByText(done)).ToBeVisibleAsync();
    }
}
