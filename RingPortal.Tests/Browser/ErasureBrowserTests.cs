using Microsoft.Playwright;
using RingPortal.Tests.Events;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Browser;

/// <summary>Deleting an account, as a person sees it, at two widths in both themes; and what happens to pages that are open elsewhere.</summary>
[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class ErasureBrowserTests(BrowserFixture browser, Street street) : IClassFixture<Street>
{
    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public async Task A_Person_Deletes_The_Account_And_Pages_On_Other_Instances_End(int width, ColorScheme scheme)
    {
        var (house, tag) = (await street.MoveInAsync("Europe/Berlin", "Front Door"), $"{width}-{scheme.ToString().ToLowerInvariant()}");
        await using var elsewhere = await browser.NewContextAsync();
        var open = await house.OpenAsync(elsewhere, street.Second, "/devices");
        await house.ListensAsync(street.Second);
        await using var context = await browser.NewContextAsync(width, scheme: scheme);
        var faults = new List<string>();
        var page = await house.OpenAsync(context, street.First, "/Account");
        page.Console += (_, message) => { if (message.Type == "error" && !message.Text.Contains("400", StringComparison.Ordinal)) { faults.Add(message.Text); } };

        await page.GetByRole(AriaRole.Link, new() { Name = "Delete account" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Delete your Fairview account?");
        await page.LookAsync($"erase/ask-{tag}");
        await page.StretchAsync("erase");
        var (act, field) = (page.GetByRole(AriaRole.Button, new() { Name = "Delete account" }), page.GetByLabel("E-mail"));
        var outlined = await FillOfAsync(act);
        await field.FillAsync("somebody@example.org");
        Assert.Equal(outlined, await FillOfAsync(act));
        await act.ClickAsync();
        await Assertions.Expect(page.Locator("#email-error")).ToHaveTextAsync("This is not the e-mail of your account.");
        await page.LookAsync($"erase/wrong-{tag}");
        await field.FillAsync(house.Email.ToUpperInvariant());
        await Eventually.TrueAsync(async () => await FillOfAsync(act) != outlined, TimeSpan.FromSeconds(5), "the button is filled");
        await page.LookAsync($"erase/typed-{tag}");

        await field.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account is deleted");
        await page.LookAsync($"erase/deleted-{tag}");
        await page.StretchAsync("deleted");

        await open.WaitForURLAsync("**/Account/Login**", new() { Timeout = 15_000 * Eventually.Patience });
        await page.GotoAsync(new Uri(street.First.BaseAddress, "/Account/Delete").ToString());
        await Assertions.Expect(page.GetByLabel("E-mail")).ToHaveValueAsync("");
        Assert.Empty(faults);
    }

    [Fact]
    public async Task Somebody_Who_Signed_In_Long_Ago_Is_Asked_Again()
    {
        await using var context = await browser.NewContextAsync(390);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(street.First.BaseAddress, "/Account/Login?again=true&returnUrl=%2FAccount%2FDelete").ToString());
        await Assertions.Expect(page.Locator(".rp-panel")).ToContainTextAsync("Before a change like this, we make sure it is really you.");
        await page.LookAsync("erase/again-390");
    }

    private static Task<string> FillOfAsync(ILocator button) => button.EvaluateAsync<string>("button => getComputedStyle(button).backgroundColor");
}
