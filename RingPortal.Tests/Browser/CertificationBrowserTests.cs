using Microsoft.Playwright;
using RingPortal.Tests.Account;
using RingPortal.Tests.Certification;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Browser;

/// <summary>The certification page against the running portal: all checks, a confirmation by a person, notes, and the review mode.</summary>
[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class CertificationBrowserTests(BrowserFixture browser, CertificationWorld world) : IClassFixture<CertificationWorld>
{
    private const string Reason = "Looked at it in the console today";

    [Fact]
    public async Task An_Operator_Runs_All_Checks_Confirms_An_Item_And_Starts_The_Review()
    {
        using var admin = await StaffCast.ArriveAsync(world.Portal.BaseAddress, world.Database.ExecuteAsync);
        await using var context = await browser.NewContextAsync();
        await admin.LendSessionAsync(context, world.Portal.BaseAddress);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(world.Portal.BaseAddress, "/admin/certification").ToString());
        var runAll = page.GetByRole(AriaRole.Button, new() { Name = "Run all checks" });
        await Assertions.Expect(runAll).ToBeVisibleAsync();
        await page.AliveAsync();

        await runAll.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Last run ended" })).ToBeVisibleAsync(new() { Timeout = 90_000 * Eventually.Patience });
        await Assertions.Expect(page.Locator("#cert-notpassed")).ToBeVisibleAsync();
        await page.GetByText("passed", new() { Exact = false }).Last.ScrollIntoViewIfNeededAsync();
        Assert.True(await world.Database.ScalarAsync<long>("SELECT count(*) FROM certification_results WHERE outcome = 'Passed'") >= 12);
        await LookAtAsync(page, "list");

        await page.GetByRole(AriaRole.Button, new() { Name = "I have checked this: Questionnaire is answered" }).ClickAsync();
        await ConfirmAsync(page, "Confirm");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "I have checked this: Questionnaire is answered" })).ToHaveCountAsync(0);
        Assert.Equal(1, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM certification_ticks WHERE item = 'before.questionnaire' AND note = '{Reason}'"));
        Assert.Equal(1, await world.Database.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE action = 'certification.ticked' AND target = 'item:before.questionnaire'"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Console" }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Webhook URL" }).FillAsync($"{world.Front.Address}ring/webhook/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the addresses" }).ClickAsync();
        await Assertions.Expect(page.GetByText("a slash at the end")).ToBeVisibleAsync();
        await LookAtAsync(page, "console");

        await page.GetByRole(AriaRole.Link, new() { Name = "Rehearsal" }).ClickAsync();
        await Assertions.Expect(page.Locator("#cert-hosts")).ToBeVisibleAsync();
        await LookAtAsync(page, "rehearsal");

        await page.GetByRole(AriaRole.Link, new() { Name = "Reviewer notes" }).ClickAsync();
        await Assertions.Expect(page.GetByText("of 4,000 (at least 20)").First).ToBeVisibleAsync();
        await page.GetByLabel("E-mail of the review account").FillAsync("reviewer@example.org");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await ConfirmAsync(page, "Make");
        await Assertions.Expect(page.GetByText("Password, shown once")).ToBeVisibleAsync();
        await LookAtAsync(page, "notes");

        await page.GetByRole(AriaRole.Link, new() { Name = "Review mode" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start the review mode" }).ClickAsync();
        await ConfirmAsync(page, "Start");
        await Assertions.Expect(page.GetByText("answered in")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".rp-cert-stripe")).ToContainTextAsync("Do not change settings.");
        await LookAtAsync(page, "review");
    }

    private static async Task ConfirmAsync(IPage page, string verb)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("textarea").FillAsync(Reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>Small and dark, large and light; all widths once.</summary>
    private static async Task LookAtAsync(IPage page, string name)
    {
        await page.LookAsync($"admin/certification-{name}-1440-light");
        await page.StretchAsync($"certification {name}");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetViewportSizeAsync(390, 900);
        await page.LookAsync($"admin/certification-{name}-390-dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(1440, 900);
    }
}
