using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Browser;

/// <summary>The operators' inbox, gaps and audit trail in a real browser, each with its main act.</summary>
[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed partial class OperatorInboxBrowserTests(BrowserFixture browser) : IAsyncLifetime
{
    private const string Reason = "mended, see ticket 4711";
    private const int Stopped = 64;

    private TestDatabase _database = null!;
    private PortalHost _portal = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _portal = await PortalHost.StartAsync(_database);
        using var client = _portal.CreateClient();
        await Eventually.TrueAsync(async () => (await client.GetAsync("/health/ready")).IsSuccessStatusCode, TimeSpan.FromSeconds(60), "ready");
        await _database.ExecuteAsync(
            $$$"""
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, account_id, event_type, source, received_at, state, attempts, settled_at, last_error, reason, tries, headers, answered_in)
            SELECT gen_random_uuid(), 'request-' || n, '', convert_to('{"meta":{"version":"1.1","request_id":"request-' || n || '","account_id":"account-canary"},"data":{"type":"never_heard_of","attributes":{"source":"device-canary"} } }', 'UTF8'),
                   'account-canary', 'never_heard_of', 'device-canary', now() - n * interval '1 minute', CASE n WHEN 99 THEN 'Quarantined' ELSE 'Dead' END, CASE n WHEN 99 THEN 0 ELSE 8 END, now(),
                   CASE WHEN n < 99 THEN 'JsonReaderException: boom' END, CASE n WHEN 99 THEN 'another body under a known request id' END,
                   jsonb_build_array(jsonb_build_object('at', now(), 'by', 'portal-1:12', 'error', 'JsonReaderException: boom')), '{"signedWith":"current","host":"portal.example","contentType":"application/json","userAgent":"Ring/1","length":120}', 41
            FROM generate_series({{{100 - Stopped}}}, 99) n;
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, account_id, event_type, received_at, state, attempts, settled_at, outcome)
            SELECT gen_random_uuid(), 'done-' || n, '', '{}', 'account-canary', 'motion_detected', now() - n * interval '1 second', 'Done', 1, now() - n * interval '1 second' + interval '38 ms', 'applied' FROM generate_series(1, 120) n;
            """);
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task An_Operator_Reads_A_Delivery_And_Has_All_That_Match_Processed_Again(int width, ColorScheme scheme)
    {
        var tag = $"{width}-{scheme.ToString().ToLowerInvariant()}";
        var (staff, page) = await OpenAsync(width, scheme, "/admin/webhooks");
        using var signedIn = staff;
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Webhooks");
        await Assertions.Expect(page.Locator("[data-open]").First).ToBeVisibleAsync();
        await page.LookAsync($"webhooks/all-{tag}");
        await page.StretchAsync("webhooks");

        await page.GetByRole(AriaRole.Link, new() { NameRegex = QuarantineTab() }).ClickAsync();
        // The rows of the other tab stand there until the new ones come.
        await Assertions.Expect(page.Locator("[data-open]")).ToHaveCountAsync(1);
        await page.Locator("[data-open]").ClickAsync();
        await Assertions.Expect(page.Locator(".rp-wh-detail")).ToContainTextAsync("Signed correctly, but: another body under a known request id");
        Assert.DoesNotContain("canary", await page.ContentAsync(), StringComparison.Ordinal);
        await page.LookAsync($"webhooks/delivery-{tag}");
        await page.StretchAsync("delivery");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show personal values" }).ClickAsync();
        await ConfirmAsync(page, "Show personal values");
        await Assertions.Expect(page.Locator(".rp-wh-payload")).ToContainTextAsync("account-canary");

        await page.GotoAsync(Address("/admin/webhooks?tab=stopped&type=never_heard_of"));
        await page.AliveAsync();
        await page.Locator("tbody .rp-cell-tick input").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = SelectAll() }).ClickAsync();
        await page.LookAsync($"webhooks/selected-{tag}");
        await page.Locator(".rp-selectbar").GetByRole(AriaRole.Button, new() { Name = "Process again" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync($"Process {Stopped - 1} deliveries again?");
        await page.LookAsync($"webhooks/confirm-{tag}");
        await ConfirmAsync(page, "Process again");
        await Assertions.Expect(page.Locator(".rp-panel")).ToContainTextAsync($"{Stopped - 1} done, 0 stopped again", new() { Timeout = 30_000 * Eventually.Patience });
        await page.LookAsync($"webhooks/bulk-{tag}");
        Assert.Equal(1, await _database.ScalarAsync<long>($"SELECT count(*) FROM audit_records WHERE action = 'webhook.again' AND reason = '{Reason}'"));

        await page.GotoAsync(Address("/admin/webhooks/gaps"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Gaps");
        await page.LookAsync($"webhooks/gaps-{tag}");
    }

    [Theory]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task An_Operator_Verifies_The_Trail_And_Exports_It_With_Its_Digest(int width, ColorScheme scheme)
    {
        var tag = $"{width}-{scheme.ToString().ToLowerInvariant()}";
        await _database.ExecuteAsync("INSERT INTO audit_records (at, action, actor, target, reason, details) SELECT now() - n * interval '1 hour', 'device.removed', 'Ring', 'device:' || gen_random_uuid(), 'device_removed', '{\"pictures\": 12}' FROM generate_series(1, 70) n");
        await Eventually.TrueAsync(
            async () => await _database.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE action = 'device.removed' AND NOT EXISTS (SELECT FROM audit_seals WHERE record_ids @> ARRAY[audit_records.id])") == 0, TimeSpan.FromSeconds(60), "the records are sealed");
        var (staff, page) = await OpenAsync(width, scheme, "/admin/audit");
        using var signedIn = staff;
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Audit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify now" }).ClickAsync();
        await ConfirmAsync(page, "Verify now");
        await Assertions.Expect(page.Locator(".rp-panel").First).ToContainTextAsync(Verified());
        await page.LookAsync($"audit/list-{tag}");
        await page.StretchAsync("audit");

        if (width < 600)
        {
            // On a phone the records come first.
            await Assertions.Expect(page.GetByLabel("Action")).ToBeHiddenAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();
            await page.LookAsync($"audit/filter-{tag}");
        }

        await page.GetByLabel("Action").FillAsync("device.removed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await page.WaitForURLAsync("**/admin/audit?action=device.removed");
        // The rows of before stand there until the new ones come.
        await Assertions.Expect(page.Locator("[data-row]").Filter(new() { HasNotText = "device.removed" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync();
        await ConfirmAsync(page, "Export");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Fetch" }).ClickAsync());
        await using var file = await download.CreateReadStreamAsync();
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
        await Assertions.Expect(page.Locator(".rp-wh-digest")).ToHaveTextAsync(digest);
        await page.LookAsync($"audit/exported-{tag}");

        await page.Locator("[data-open]").First.ClickAsync();
        await Assertions.Expect(page.Locator(".rp-wh-detail")).ToContainTextAsync("device.removed");
        await page.LookAsync($"audit/record-{tag}");
        await page.StretchAsync("record");
    }

    private async Task<(StaffPerson Staff, IPage Page)> OpenAsync(int width, ColorScheme scheme, string path)
    {
        var staff = await StaffCast.ArriveAsync(_portal.BaseAddress, _database.ExecuteAsync);
        var context = await browser.NewContextAsync(width, scheme: scheme);
        await staff.LendSessionAsync(context, _portal.BaseAddress);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Address(path));
        await page.AliveAsync();
        return (staff, page);
    }

    private string Address(string path) => new Uri(_portal.BaseAddress, path).ToString();

    private static async Task ConfirmAsync(IPage page, string verb)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox).FillAsync(Reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = verb }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    [GeneratedRegex("^Quarantine")]
    private static partial Regex QuarantineTab();

    [GeneratedRegex("^Select all")]
    private static partial Regex SelectAll();

    [GeneratedRegex("Chain verified up to #[0-9,]+ at")]
    private static partial Regex Verified();
}
