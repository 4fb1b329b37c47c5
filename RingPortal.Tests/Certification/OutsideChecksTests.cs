using Microsoft.AspNetCore.Http;
using RingPortal.Data.Certification;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Certification.Checks;

namespace RingPortal.Tests.Certification;

/// <summary>Each check from outside: green on a healthy portal, red when what it checks is broken between the world and the portal.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class OutsideChecksTests(CertificationWorld world) : IClassFixture<CertificationWorld>, IDisposable
{
    public void Dispose() => world.Front.Break = null;

    [Theory]
    [InlineData("before.config")]
    [InlineData("before.link")]
    [InlineData("before.oauth.answers")]
    [InlineData("before.webhook.accepts")]
    [InlineData("before.webhook.time")]
    [InlineData("before.webhook.duplicate")]
    [InlineData("before.webhook.signature")]
    [InlineData("behave.signin")]
    [InlineData("behave.clock")]
    [InlineData("after.responsive")]
    [InlineData("ux.privacy.reach")]
    public async Task A_Healthy_Portal_Passes_And_One_That_Does_Not_Answer_Does_Not(string item)
    {
        var healthy = await HealthyAsync(item);
        world.Front.Break = (context, _) => AnswerAsync(context, 502, "bad gateway");
        var broken = await world.RunAsync(item);

        Assert.True(healthy.Outcome is CheckOutcome.Passed, healthy.Evidence);
        // Ring's clock is asked at Ring, whatever stands before the portal.
        Assert.True(broken.Outcome is CheckOutcome.Failed || item == "behave.clock", broken.Evidence);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_Config_Url_That_Is_A_Page_For_Everybody_Does_Not_Pass() =>
        await FailsAsync("before.config", (context, pass) => context.Request.Path == "/ring/config" ? AnswerAsync(context, 200, "<html></html>", "text/html") : pass(), "JSON");

    [Fact]
    public async Task A_Config_Url_That_Caches_May_Mix_Up_Does_Not_Pass() =>
        await FailsAsync("before.config", (context, pass) => OnStart(context, pass, headers => headers.Remove("Vary")), "Vary");

    [Fact]
    public async Task A_Link_Page_That_Takes_Old_Requests_Does_Not_Pass() =>
        await FailsAsync("before.link", (context, pass) => context.Request.Query.ContainsKey("nonce") ? RedirectAsync(context, "/ring/link/continue") : pass(), "older than 600 s");

    [Fact]
    public async Task A_Link_Page_Behind_A_Sign_In_Does_Not_Pass() =>
        await FailsAsync("before.link", (context, pass) => context.Request.Path == "/ring/link" && !context.Request.QueryString.HasValue ? RedirectAsync(context, "/login") : pass(), "bare");

    [Fact]
    public async Task A_Token_Address_That_Takes_Anything_Does_Not_Pass() =>
        await FailsAsync("before.oauth.answers", (context, pass) => HttpMethods.IsPost(context.Request.Method) ? AnswerAsync(context, 200, """{"status":"ok"}""") : pass(), "missing_code");

    [Fact]
    public async Task A_Webhook_That_Answers_Without_Storing_Does_Not_Pass() =>
        await FailsAsync("before.webhook.accepts", (context, pass) => IsWebhook(context) ? AnswerAsync(context, 200, """{"status":"accepted"}""") : pass(), "leads somewhere else");

    [Fact]
    public async Task A_Webhook_That_Stores_A_Repeat_Anew_Does_Not_Pass() =>
        await FailsAsync("before.webhook.duplicate", (context, pass) => IsWebhook(context) ? AnswerAsync(context, 200, """{"status":"accepted"}""") : pass(), "not recognised");

    [Fact]
    public async Task A_Webhook_That_Takes_Any_Signature_Does_Not_Pass() =>
        await FailsAsync("before.webhook.signature", (context, pass) => IsWebhook(context) ? AnswerAsync(context, 200, """{"status":"accepted"}""") : pass(), "401");

    [Fact]
    public async Task A_Webhook_That_Loses_Slow_Bodies_Does_Not_Pass() =>
        await FailsAsync("before.webhook.time", async (context, pass) =>
        {
            // As a balancer that gives a body one second.
            if (IsWebhook(context) && !await ArrivesAsync(context, TimeSpan.FromSeconds(1)))
            {
                await AnswerAsync(context, 408, "too slow");
                return;
            }

            await pass();
        }, "body stops");

    [Fact]
    public async Task A_Webhook_That_Answers_After_Five_Seconds_Does_Not_Pass() =>
        await FailsAsync("before.webhook.time", async (context, pass) =>
        {
            if (IsWebhook(context))
            {
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5.2));
                await timer.WaitForNextTickAsync(context.RequestAborted);
            }

            await pass();
        }, "Ring waits 5 s");

    [Fact]
    public async Task A_Consent_Page_Without_A_Sign_In_Does_Not_Pass() =>
        await FailsAsync("behave.signin", (context, pass) => context.Request.Path == "/ring/link/confirm" ? AnswerAsync(context, 200, "<html>Connect</html>", "text/html") : pass(), "consent page");

    [Fact]
    public async Task Slow_Endpoints_Do_Not_Pass() =>
        await FailsAsync("after.responsive", async (context, pass) =>
        {
            if (context.Request.Path == "/ring/link")
            {
                using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2.2));
                await timer.WaitForNextTickAsync(context.RequestAborted);
            }

            await pass();
        }, "link took");

    [Fact]
    public async Task Terms_Behind_A_Sign_In_Do_Not_Pass() =>
        await FailsAsync("ux.privacy.reach", (context, pass) => context.Request.Path == "/terms" ? RedirectAsync(context, "/login") : pass(), "/terms does not answer");

    [Theory]
    [InlineData("token", "/ring/token")]
    [InlineData("link", "/ring/link")]
    [InlineData("webhook", "/ring/webhook")]
    [InlineData("config", "/ring/config")]
    public async Task A_Pasted_Address_Is_Compared_Byte_For_Byte(string name, string path)
    {
        var item = $"before.address.{name}";
        await world.Database.ExecuteAsync($"DELETE FROM certification_entries WHERE key = 'address.{name}'");
        Assert.Equal(CheckOutcome.NotRecorded, (await world.RunAsync(item)).Outcome);
        await world.Database.ExecuteAsync($"INSERT INTO certification_entries (key, value, changed_at) VALUES ('address.{name}', '{world.Front.Address.GetLeftPart(UriPartial.Authority)}{path}', now())");
        Assert.Equal(CheckOutcome.Passed, (await world.RunAsync(item)).Outcome);

        await world.Database.ExecuteAsync($"UPDATE certification_entries SET value = value || '/' WHERE key = 'address.{name}'");
        var slash = await world.RunAsync(item);
        Assert.Equal(CheckOutcome.Failed, slash.Outcome);
        Assert.Contains("a slash at the end", slash.Evidence, StringComparison.Ordinal);

        await world.Database.ExecuteAsync($"UPDATE certification_entries SET value = rtrim(value, '/') WHERE key = 'address.{name}'");
        world.Front.Break = (context, _) => AnswerAsync(context, 404, "not here");
        Assert.Equal(CheckOutcome.Failed, (await world.RunAsync(item)).Outcome);
    }

    [Fact]
    public async Task Probes_Are_Set_Apart_Among_The_Arrivals_And_Raise_No_Alarm()
    {
        for (var run = 0; run < 4; run++)
        {
            Assert.Equal(CheckOutcome.Passed, (await world.RunAsync("before.webhook.signature")).Outcome);
        }

        await Eventually.TrueAsync(
            async () => await world.Database.ScalarAsync<long>("SELECT count(*) FROM arrivals WHERE route = 'webhook' AND verdict = 'check' AND reason = 'own check: invalid_signature'") >= 8, TimeSpan.FromSeconds(10), "probes are recorded");
        await Eventually.TrueAsync(
            async () => await world.Database.ScalarAsync<long>("SELECT coalesce(sum(count), 0)::bigint FROM arrival_minutes WHERE route = 'webhook' AND verdict = 'check'") >= 8, TimeSpan.FromSeconds(10), "probes are counted");
        Assert.Equal(0, await world.Database.ScalarAsync<long>("SELECT count(*) FROM arrival_minutes WHERE route = 'webhook' AND verdict = 'invalid_signature'"));
        Assert.Equal(0, await world.Database.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'webhook.signature'"));
    }

    [Fact]
    public async Task A_Stranger_Cannot_Pass_As_A_Probe()
    {
        using var client = world.Portal.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ring/link?nonce=x&time=stranger");
        request.Headers.TryAddWithoutValidation("X-RingPortal-Check", "CfDJ8AAAA-made-up");

        Assert.Equal(400, (int)(await client.SendAsync(request)).StatusCode);

        await Eventually.TrueAsync(async () => await world.Database.ScalarAsync<long>("SELECT count(*) FROM arrivals WHERE route = 'link' AND verdict = 'malformed'") >= 1, TimeSpan.FromSeconds(10), "the call is an arrival as any other");
    }

    /// <summary>What a check finds while nothing is broken: some judge by seconds, and a machine that runs other tests too may be slow once or twice.</summary>
    private async Task<CheckFinding> HealthyAsync(string item)
    {
        var finding = await world.RunAsync(item);
        for (var looks = 1; looks < 3 && finding.Outcome is not CheckOutcome.Passed; looks++)
        {
            finding = await world.RunAsync(item);
        }

        return finding;
    }

    private async Task FailsAsync(string item, Func<HttpContext, Func<Task>, Task> broken, string because)
    {
        world.Front.Break = broken;
        var finding = await world.RunAsync(item);

        Assert.Equal(CheckOutcome.Failed, finding.Outcome);
        Assert.Contains(because, finding.Evidence, StringComparison.Ordinal);
        await NothingIsLeftAsync();
    }

    private async Task NothingIsLeftAsync()
    {
        Assert.Equal(0, await world.Database.ScalarAsync<long>("SELECT count(*) FROM webhook_inbox WHERE event_type = 'ringportal.certification.check'"));
        Assert.Equal(0, await world.Database.ScalarAsync<long>("SELECT count(*) FROM device_events"));
        Assert.Equal(0, await world.Database.ScalarAsync<long>("SELECT count(*) FROM ring_tokens"));
    }

    private static bool IsWebhook(HttpContext context) => context.Request.Path == "/ring/webhook";

    private static Task OnStart(HttpContext context, Func<Task> pass, Action<IHeaderDictionary> change)
    {
        context.Response.OnStarting(() =>
        {
            change(context.Response.Headers);
            return Task.CompletedTask;
        });
        return pass();
    }

    private static async Task<bool> ArrivesAsync(HttpContext context, TimeSpan limit)
    {
        context.Request.EnableBuffering();
        using var enough = new CancellationTokenSource(limit);
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, enough.Token);
            context.Request.Body.Position = 0;
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string body, string type = "application/json")
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        return context.Response.WriteAsync(body);
    }

    private static Task RedirectAsync(HttpContext context, string location)
    {
        (context.Response.StatusCode, context.Response.Headers.Location) = (303, location);
        return Task.CompletedTask;
    }
}
