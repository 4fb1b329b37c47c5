using Microsoft.Playwright;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Browser;

/// <summary>Pool, arrivals and jobs as an operator uses them: each page's main act, and what every page is looked at for.</summary>
[Collection(BrowserGroup.Name)]
[Trait(Tiers.Name, Tiers.Browser)]
public sealed class FlowBrowserTests(BrowserFixture browser) : IAsyncLifetime
{
    private const string Reason = "Asked for by support, case 12";

    private TestDatabase _database = null!;
    private PortalHost _portal = null!;
    private StaffPerson _admin = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _portal = await PortalHost.StartAsync(_database);
        using var ready = _portal.CreateClient();
        await Eventually.TrueAsync(async () => (await ready.GetAsync("/health/ready")).IsSuccessStatusCode, TimeSpan.FromSeconds(60), "ready");
        _admin = await StaffCast.ArriveAsync(_portal.BaseAddress, _database.ExecuteAsync);
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _portal.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task An_Operator_Ends_What_Is_Stuck_In_The_Pool()
    {
        await _database.ExecuteAsync(
            """
            INSERT INTO ring_tokens (id, state, code_hash, account_id, masked_account, user_id, source_network, received_at, retain_from, state_changed_at, claimed_at, claim_deadline, next_attempt_at, attempts, outcome_unknown, version)
            SELECT ('0199' || substr(md5(n::text), 1, 8) || '7' || substr(md5(n::text), 9, 3) || '8' || substr(md5(n::text), 12, 15))::uuid, CASE WHEN n <= 6 THEN 'UNCLAIMED' ELSE 'UNCERTAIN' END, sha256(n::text::bytea), 'ava1.ring.account.' || n, 'j***' || n || '@example.com',
                   CASE WHEN n > 6 THEN (SELECT id FROM users LIMIT 1) END, '192.0.2.0/24', now() - n * interval '2 minutes', now() - n * interval '2 minutes', now() - n * interval '1 minute',
                   CASE WHEN n > 6 THEN now() - n * interval '1 minute' END, CASE WHEN n > 6 THEN now() + interval '1 hour' END, CASE WHEN n > 6 THEN now() + interval '1 hour' END, CASE WHEN n > 6 THEN 3 ELSE 0 END, false, 0
            FROM generate_series(1, 8) n
            """);
        await using var context = await OpenAsync();
        var page = await GoAsync(context, "/admin/pool");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(6);
        await LookAtAsync(page, "pool");

        await page.GetByRole(AriaRole.Link, new() { Name = "Connecting" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("[data-row]").First).ToContainTextAsync("Ring has not answered the POST, try 3");
        await page.GetByRole(AriaRole.Link, new() { Name = "Unclaimed", Exact = false }).First.ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(6);
        await page.Locator("[data-row]").First.GetByRole(AriaRole.Button, new() { Name = "End" }).ClickAsync();
        await ConfirmAsync(page, "End");

        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Ended:" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(5);
        Assert.Equal(1, await _database.ScalarAsync<long>($"SELECT count(*) FROM audit_records WHERE action = 'link.end-ordered' AND reason = '{Reason}'"));
        var html = await page.ContentAsync();
        Assert.DoesNotContain("sealed", html, StringComparison.OrdinalIgnoreCase);
        await page.Locator("[data-open]").First.ClickAsync();
        await Assertions.Expect(page.GetByText("Tokens are never shown and cannot be claimed here.")).ToBeVisibleAsync();
        await LookAtAsync(page, "pool-link");
    }

    [Fact]
    public async Task New_Arrivals_Wait_Behind_A_Bar_And_Filters_Stand_In_The_Address()
    {
        await using var context = await OpenAsync();
        var page = await GoAsync(context, "/admin/arrivals?address=config");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing fits these filters" })).ToBeVisibleAsync();
        using var ring = _portal.CreateClient();
        await ring.GetAsync("/ring/config");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await ring.GetAsync("/ring/config");
        await ring.GetAsync("/ring/link?nonce=x&time=y");
        // They are written each second, and these two perhaps not in the same one.
        await Eventually.TrueAsync(async () => await _database.ScalarAsync<long>("SELECT count(*) FROM arrivals") == 3, TimeSpan.FromSeconds(20), "all three are written");

        await page.GetByRole(AriaRole.Button, new() { Name = "1 new" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]").Filter(new() { HasText = "Malformed" })).ToHaveCountAsync(1);
        await page.GetByLabel("Verdict").SelectOptionAsync("malformed");
        await page.WaitForURLAsync("**/admin/arrivals?verdict=malformed");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]").Nth(2)).ToBeVisibleAsync();
        await LookAtAsync(page, "arrivals");
    }

    [Fact]
    public async Task An_Operator_Retries_One_Job_Deletes_All_That_Match_And_Runs_An_Entry_Now()
    {
        await _database.ExecuteAsync(
            """
            INSERT INTO hangfire.job (statename, invocationdata, arguments, createdat)
            SELECT 'Failed', '{"Type": "RingPortal.Web.Jobs.FinishLinkJob, RingPortal.Web", "Method": "RunAsync", "ParameterTypes": "[\"System.Guid, mscorlib\",\"System.Threading.CancellationToken, mscorlib\"]"}', jsonb_build_array('"' || gen_random_uuid() || '"', null), now()
            FROM generate_series(1, 1204);
            INSERT INTO hangfire.state (jobid, name, createdat, data) SELECT id, 'Failed', now(), '{"FailedAt": "1700000000000", "ExceptionType": "System.TimeoutException", "ExceptionMessage": "Ring did not answer", "ExceptionDetails": "at RingPortal"}' FROM hangfire.job WHERE statename = 'Failed';
            UPDATE hangfire.job SET stateid = state.id FROM hangfire.state WHERE state.jobid = job.id AND job.statename = 'Failed'
            """);
        await using var context = await OpenAsync();
        var page = await GoAsync(context, "/admin/jobs?tab=stopped");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(50);
        await page.Locator("[data-row] input").First.CheckAsync();
        await LookAtAsync(page, "jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Retry", Exact = true }).ClickAsync();
        await ConfirmAsync(page, "Retry 1 job");
        await Assertions.Expect(page.GetByText("1 job waits for a worker again.")).ToBeVisibleAsync();

        await page.Locator("[data-row] input").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Select all 1,203 that match" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await ConfirmAsync(page, "Delete 1,203 jobs");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "1,203 of 1,203 deleted" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No jobs here" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Recurring" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr").Filter(new() { HasText = "clean-up-pool" })).ToBeVisibleAsync();
        await LookAtAsync(page, "jobs-recurring");
        await page.Locator("tbody tr").Filter(new() { HasText = "clean-up-pool" }).GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await ConfirmAsync(page, "Run now");
        await Assertions.Expect(page.GetByText("clean-up-pool waits for a worker.")).ToBeVisibleAsync();

        await page.GotoAsync(new Uri(_portal.BaseAddress, "/admin/jobs?tab=done").ToString());
        await page.AliveAsync();
        await page.Locator("[data-open]").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Its life" })).ToBeVisibleAsync();
        await LookAtAsync(page, "job");
    }

    [Fact]
    public async Task A_Step_That_Stopped_Is_Tried_Again()
    {
        var id = Guid.CreateVersion7();
        await _database.ExecuteAsync(
            $"""
            INSERT INTO teardowns (id, kind, cause, ring_token_id, name, occurred_at, requested_at, next_attempt_at, attempts, last_error)
            VALUES ('{id}', 'Device', 'Webhook', gen_random_uuid(), 'Garage', now(), now(), now() + interval '1 hour', 7, 'archive: TimeoutException');
            INSERT INTO teardown_steps (teardown_id, position, name, started_at, finished_at, result, attempts, last_error)
            VALUES ('{id}', 1, 'marked', now(), now(), 'pages changed', 1, NULL), ('{id}', 2, 'sessions', now(), now(), '1 ended', 1, NULL), ('{id}', 3, 'work', now(), now(), '2 schedules', 1, NULL),
                   ('{id}', 4, 'archive', now(), NULL, NULL, 7, 'TimeoutException')
            """);
        await using var context = await OpenAsync();
        var page = await GoAsync(context, "/admin/jobs?tab=teardowns&open=1");
        await LookAtAsync(page, "teardowns");
        await page.GetByRole(AriaRole.Link, new() { Name = "Garage" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rp-life > li")).ToHaveCountAsync(6);
        await LookAtAsync(page, "teardown");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try this step again" }).ClickAsync();
        await ConfirmAsync(page, "Try this step again");

        await Assertions.Expect(page.Locator(".rp-life .rp-pill-success")).ToHaveCountAsync(6);
        Assert.Equal(1, await _database.ScalarAsync<long>($"SELECT count(*) FROM audit_records WHERE action = 'teardown.retried' AND target = 'teardown:{id}'"));
    }

    private async Task<IBrowserContext> OpenAsync()
    {
        var context = await browser.NewContextAsync();
        await _admin.LendSessionAsync(context, _portal.BaseAddress);
        return context;
    }

    private async Task<IPage> GoAsync(IBrowserContext context, string address)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(_portal.BaseAddress, address).ToString());
        await page.AliveAsync();
        return page;
    }

    private static async Task ConfirmAsync(IPage page, string verb)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync(Reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    /// <summary>On a desk and on a phone, light and dark.</summary>
    private static async Task LookAtAsync(IPage page, string name)
    {
        var size = page.ViewportSize!;
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            foreach (var width in new[] { 1440, 390 })
            {
                await page.SetViewportSizeAsync(width, size.Height);
                await page.LookAsync($"admin/{name}-{width}-{scheme.ToString().ToLowerInvariant()}");
            }
        }

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
