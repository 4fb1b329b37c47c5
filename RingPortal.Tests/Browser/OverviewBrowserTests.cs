using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Admin.Minutes;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Browser;

/// <summary>The overview and the alarms as an operator on call uses them, with a phone at night and with a large screen by day.</summary>
[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class OverviewBrowserTests(BrowserFixture browser, AccountHost host) : IClassFixture<AccountHost>
{
    [Theory]
    [InlineData(390, ColorScheme.Dark)]
    [InlineData(1440, ColorScheme.Light)]
    public async Task An_Operator_Sees_What_Needs_Them_Takes_It_And_Pauses_The_Page(int width, ColorScheme scheme)
    {
        var tag = $"{width}-{scheme.ToString().ToLowerInvariant()}";
        await HappenAsync(tag);
        using var staff = await StaffCast.ArriveAsync(host.Address, host.Database.ExecuteAsync);
        await using var context = await browser.NewContextAsync(width, scheme: scheme);
        await staff.LendSessionAsync(context, host.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(host.Address, "/admin").ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Overview");
        await Assertions.Expect(page.Locator("#admin-keys")).ToBeAttachedAsync();
        await page.AliveAsync();
        await page.GetByText("Show as table").First.ClickAsync();
        await page.LookAsync($"admin/overview-{tag}");
        await page.StretchAsync("overview");

        var alarm = page.Locator(".rp-alarm").Filter(new() { HasText = $"{tag} hang" });
        await alarm.GetByRole(AriaRole.Button, new() { Name = "I am on it" }).ClickAsync();
        var question = page.GetByRole(AriaRole.Dialog);
        await question.GetByLabel("Reason").FillAsync("Looking at the failed step now.");
        await page.LookAsync($"admin/alarm-take-{tag}");
        await question.GetByRole(AriaRole.Button, new() { Name = "I am on it" }).ClickAsync();
        await Assertions.Expect(alarm).ToContainTextAsync($"{staff.Email} is on it since");

        // Right after a reading: one that is on its way still comes after the pause.
        await page.WaitForFunctionAsync(
            "before => { const read = document.querySelector('.rp-fresh time'); return read && read.dateTime !== before; }",
            await page.Locator(".rp-fresh time").GetAttributeAsync("datetime"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rp-fresh")).ToContainTextAsync("Paused at");
        await host.Services.GetRequiredService<Alarms>().RaiseAsync($"erasure.stuck.{tag}", $"Erasure {tag} is stuck. Read the reason.", CancellationToken.None);
        var shown = await page.Locator(".rp-fresh time").TextContentAsync();
        await page.Locator("h1").PressAsync("?");
        await Assertions.Expect(page.Locator("#admin-keys")).ToBeVisibleAsync();
        await page.LookAsync($"admin/keys-{tag}");
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(shown, await page.Locator(".rp-fresh time").TextContentAsync());
        await Assertions.Expect(page.GetByText($"Erasure {tag} is stuck")).ToHaveCountAsync(0);
        await page.Locator("h1").PressAsync("p");
        await Assertions.Expect(page.GetByText($"Erasure {tag} is stuck")).ToBeVisibleAsync();

        if (width < 960)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Menu" }).ClickAsync();
            await page.LookAsync($"admin/menu-{tag}");
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Health and alarms" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Health and alarms");
        await Assertions.Expect(page.Locator("#admin-menu")).ToBeHiddenAsync();
        await page.LookAsync($"admin/health-{tag}");
        await page.StretchAsync("health");
        await page.GetByRole(AriaRole.Link, new() { Name = "Taken" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = $"{tag} hang" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rp-life")).ToContainTextAsync($"Taken by {staff.Email}");
        await page.LookAsync($"admin/alarm-{tag}");
        await page.StretchAsync("alarm");
        await page.GetByRole(AriaRole.Link, new() { Name = "Health", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("What users notice");
        await page.LookAsync($"admin/parts-{tag}");
        await page.StretchAsync("parts");
    }

    /// <summary>An hour of a portal at work, with two things that need somebody.</summary>
    private async Task HappenAsync(string tag)
    {
        var (metrics, collector) = (host.Services.GetRequiredService<PortalMetrics>(), host.Services.GetRequiredService<MinuteCollector>());
        await host.Services.GetRequiredService<MinuteWriter>().WriteAsync(CancellationToken.None);
        for (var call = 0; call < 40; call++)
        {
            metrics.CodeReceived(call % 10 == 0 ? "missing_code" : "accepted");
            metrics.RingRequest("devices.list", call % 8 == 0 ? "503" : "200");
            collector.Measure(FigureNames.WebhookAnswers, "", 4 + call);
            metrics.WebhookReceived(call % 20 == 0 ? "invalid_signature" : "accepted");
        }

        await host.Services.GetRequiredService<MinuteWriter>().WriteAsync(CancellationToken.None);
        await host.Database.ExecuteAsync(
            """
            INSERT INTO minute_figures (minute, instance, name, tag, count, sum, buckets)
            SELECT date_trunc('minute', now()) - n * interval '1 minute', 'other:1', figure.name, figure.tag, 1 + (n * figure.factor) % 17, 0, NULL
            FROM generate_series(1, 58) n, (VALUES ('code.received', 'accepted', 7), ('link.finished', 'linked', 5), ('ring.request', '200', 13), ('ring.request', '429', 3), ('token.refresh', 'refreshed', 11), ('webhook.stored', 'motion_detected', 5)) AS figure (name, tag, factor)
            ON CONFLICT DO NOTHING
            """);
        var alarms = host.Services.GetRequiredService<Alarms>();
        await alarms.RaiseAsync($"teardown.stuck.{tag}", $"3 removals {tag} hang. Read the reason at the failed step, mend it; they go on by themselves.", CancellationToken.None);
        await alarms.RaiseAsync("webhook.signature", "3 wrong signatures in 10 minutes. Ring may switch the webhook off after 10 in a row. Run the key check on the certification page.", CancellationToken.None);
    }
}
