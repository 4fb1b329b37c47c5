using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Certification;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Certification;
using RingPortal.Web.Features.Certification.Review;
using RingPortal.Web.Features.Certification.Runs;

namespace RingPortal.Tests.Certification;

/// <summary>Runs of the checks, and the watch over a review.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class RunTests(CertificationWorld world) : IClassFixture<CertificationWorld>
{
    [Fact]
    public async Task One_Run_At_A_Time_Looks_At_Everything_And_Writes_What_It_Saw()
    {
        var run = await AddAsync(null);
        Assert.NotNull(run);
        Assert.Null(await AddAsync("before.config"));

        await InScopeAsync(provider => provider.GetRequiredService<RunCertificationJob>().RunAsync(run.Value, CancellationToken.None));

        await using var context = world.Database.CreateContext();
        var ended = await context.CertificationRuns.AsNoTracking().SingleAsync(row => row.Id == run);
        Assert.False(ended.IsOpen);
        Assert.Equal((ended.Total, CertificationCatalogue.Items.Count(item => item.IsMachine)), (ended.Done, ended.Done));
        var results = await context.CertificationResults.AsNoTracking().ToListAsync();
        Assert.Equal(ended.Total, results.Count);
        Assert.DoesNotContain(results, result => result.Evidence.Contains("itself broke", StringComparison.Ordinal));
        Assert.Equal(CheckOutcome.Passed, results.Single(result => result.Item == "before.webhook.accepts").Outcome);

        // A second worker of an ended run has nothing to do, and one check alone leaves the others.
        await InScopeAsync(provider => provider.GetRequiredService<RunCertificationJob>().RunAsync(run.Value, CancellationToken.None));
        var one = await AddAsync("before.config");
        await InScopeAsync(provider => provider.GetRequiredService<RunCertificationJob>().RunAsync(one!.Value, CancellationToken.None));
        Assert.True((await context.CertificationResults.AsNoTracking().SingleAsync(result => result.Item == "before.config")).At > results.Max(result => result.At));
        Assert.Equal(results.Single(result => result.Item == "before.link").At, (await context.CertificationResults.AsNoTracking().SingleAsync(result => result.Item == "before.link")).At);
    }

    [Fact]
    public async Task A_Changed_Setting_Is_Shouted_About_And_The_First_Visit_Is_Told_Once()
    {
        var contact = await ContactAsync();
        await using var context = world.Database.CreateContext();
        var frozen = world.Portal.Services.GetRequiredService<RegisteredSettings>().Read();
        context.ReviewPeriods.Add(new ReviewPeriod { StartedAt = DateTimeOffset.UtcNow.AddMinutes(-10), Settings = JsonSerializer.Serialize(frozen), ContactUserId = contact });
        await context.SaveChangesAsync();
        try
        {
            await WatchAsync();
            Assert.Equal(0, await world.Database.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'review.freeze'"));
            // The timetable's own watch may have begun this minute's look, and end it a moment later.
            await Eventually.TrueAsync(async () => await world.Database.ScalarAsync<int>("SELECT answered FROM review_periods WHERE is_open") == 1, TimeSpan.FromSeconds(10), "answered once");
            Assert.Equal(0, await world.Database.ScalarAsync<long>("SELECT count(*) FROM outbox_emails WHERE kind = 'review'"));

            frozen["Listing__Name"] = "Oldview";
            frozen["Ring__HmacKey"] = "#00000000";
            await world.Database.ExecuteAsync($"UPDATE review_periods SET settings = '{JsonSerializer.Serialize(frozen)}'::jsonb WHERE is_open");
            using var visitor = world.Portal.CreateClient();
            await visitor.GetAsync("/ring/link");
            await Eventually.TrueAsync(async () => await world.Database.ScalarAsync<long>("SELECT count(*) FROM arrivals WHERE route = 'link' AND verdict = 'bare'") > 0, TimeSpan.FromSeconds(10), "the visit is recorded");
            await WatchAsync();
            await WatchAsync();

            var text = await world.Database.ScalarAsync<string>("SELECT text FROM alarms WHERE key = 'review.freeze' AND resolved_at IS NULL AND count = 1");
            Assert.Contains("Listing__Name was Oldview, is Fairview", text, StringComparison.Ordinal);
            Assert.DoesNotContain(world.Portal.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<RingPortal.Web.Ring.RingOptions>>().Value.HmacKey, text, StringComparison.Ordinal);
            Assert.Equal(1, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM outbox_emails WHERE kind = 'review' AND user_id = '{contact}'"));
            Assert.Equal(CheckOutcome.Failed, (await world.RunAsync("during.frozen")).Outcome);
            Assert.Equal(CheckOutcome.Failed, (await world.RunAsync("during.up")).Outcome);
            Assert.Equal(CheckOutcome.Passed, (await world.RunAsync("during.contact")).Outcome);
        }
        finally
        {
            await world.Database.ExecuteAsync("UPDATE review_periods SET is_open = false, ended_at = now()");
        }

        await WatchAsync();
        Assert.Equal(0, await world.Database.ScalarAsync<long>("SELECT count(*) FROM alarms WHERE key = 'review.freeze' AND resolved_at IS NULL"));
        Assert.Equal(CheckOutcome.NotApplicable, (await world.RunAsync("during.up")).Outcome);
    }

    [Fact]
    public async Task A_Review_Account_Is_A_Consumer_And_Goes_By_The_Erasure()
    {
        var email = $"review.{Guid.NewGuid():N}@example.org";
        var password = ReviewAccounts.NewPassword();
        await InScopeAsync(async provider =>
        {
            await using var unit = world.Database.CreateContext();
            var accounts = provider.GetRequiredService<ReviewAccounts>();
            Assert.Null(await accounts.AddAsync(unit, email, password, CancellationToken.None));
            Assert.Equal("admin.cert.account.taken", await accounts.AddAsync(unit, email.ToUpperInvariant(), password, CancellationToken.None));
        });
        using var browser = new Account.Visitor(world.Portal.BaseAddress);
        Assert.Equal(System.Net.HttpStatusCode.Found, (await browser.SignInAsync(email, password)).StatusCode);

        await InScopeAsync(async provider =>
        {
            await using var unit = world.Database.CreateContext();
            var user = await unit.Users.Where(person => person.Email == email).Select(person => person.Id).SingleAsync();
            var accounts = provider.GetRequiredService<ReviewAccounts>();
            Assert.True(await accounts.AskErasureAsync(unit, user, CancellationToken.None));
            await accounts.SweepAsync(CancellationToken.None);
        });

        await Eventually.TrueAsync(async () => await world.Database.ScalarAsync<long>("SELECT count(*) FROM review_accounts WHERE erase_asked_at IS NOT NULL") == 0, TimeSpan.FromSeconds(60), "the account is gone");
    }

    [Fact]
    public async Task The_Page_Reads_List_And_Desk()
    {
        using var visitor = world.Portal.CreateClient();
        await visitor.GetAsync("/ring/config");
        await Eventually.TrueAsync(async () => await world.Database.ScalarAsync<long>("SELECT count(*) FROM arrivals WHERE route = 'config' AND verdict = 'json'") > 0, TimeSpan.FromSeconds(10), "the call is recorded");
        await world.Database.ExecuteAsync("INSERT INTO certification_ticks (item, at, note) VALUES ('before.tags', now(), 'looked at') ON CONFLICT DO NOTHING");
        await InScopeAsync(async provider =>
        {
            var queries = provider.GetRequiredService<CertificationQueries>();
            var board = await queries.BoardAsync(CancellationToken.None);
            var desk = await queries.DeskAsync(CancellationToken.None);

            Assert.Equal(75, board.Rows.Count);
            Assert.Equal(RowState.Passed, board.Rows.Single(row => row.Item.Id == "before.tags").State);
            Assert.Null(board.Rows.Single(row => row.Item.Id == "before.tags").Tick!.Who);
            Assert.Contains(desk.Hosts, host => host is { Route: "config", Calls: > 0 } && host.LastAt > DateTimeOffset.UtcNow.AddMinutes(-5));
            Assert.Equal("Fairview", desk.Sheet[0].Value);
            Assert.Empty(desk.Warnings);
        });
    }

    private async Task<Guid> ContactAsync()
    {
        var id = Guid.CreateVersion7();
        await world.Database.ExecuteAsync($"INSERT INTO users (id, email, normalized_email, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at) VALUES ('{id}', 'ops@example.org', 'OPS@EXAMPLE.ORG', true, false, false, true, 0, now())");
        return id;
    }

    private Task WatchAsync() => InScopeAsync(provider => provider.GetRequiredService<WatchReviewJob>().RunAsync(CancellationToken.None));

    private async Task<Guid?> AddAsync(string? item)
    {
        Guid? added = null;
        await InScopeAsync(async provider =>
        {
            await using var context = world.Database.CreateContext();
            added = await provider.GetRequiredService<CertificationRuns>().AddAsync(context, item, CancellationToken.None);
        });
        return added;
    }

    private async Task InScopeAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = world.Portal.Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }
}
