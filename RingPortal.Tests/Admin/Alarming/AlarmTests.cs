using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Notifications;
using RingPortal.Web.Features.Webhooks;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Admin.Alarming;

/// <summary>Alarms are caused for real, and go away when the cause does.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AlarmTests : IAsyncLifetime
{
    /// <summary>A store that really is busy, while other tests run, is posted about too.</summary>
    private const string Posted = "FROM alarm_posts JOIN alarms ON alarms.id = alarm_posts.alarm_id WHERE alarms.key = 'teardown.stuck'";

    private readonly AlarmWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_Backlog_Warns_Becomes_Critical_And_Is_Settled_When_The_Work_Is_Done()
    {
        await _world.Database.ExecuteAsync(
            $"""
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts, next_attempt_at)
            SELECT gen_random_uuid(), 'request-' || n, '', '', '{_world.Now:O}', 'Due', 0, '{_world.Now:O}' FROM generate_series(1, 3) n
            """);

        _world.Advance(TimeSpan.FromMinutes(3));
        await SweepAsync();
        Assert.Equal("Warning: 3 events wait, the oldest for 3 min. Pages show old states. Check workers and the database.", await _world.OpenAsync("webhook.backlog"));

        _world.Advance(TimeSpan.FromMinutes(8));
        await SweepAsync();
        Assert.StartsWith("Critical: 3 events wait, the oldest for 11 min", await _world.OpenAsync("webhook.backlog"), StringComparison.Ordinal);

        await _world.Database.ExecuteAsync("UPDATE webhook_inbox SET state = 'Done', next_attempt_at = NULL");
        await SweepAsync();
        Assert.Null(await _world.OpenAsync("webhook.backlog"));
        Assert.Equal("raised,critical,resolved", await HistoryAsync("webhook.backlog"));
    }

    [Fact]
    public async Task Stopped_Events_Are_Critical_Until_Somebody_Decided()
    {
        await _world.Database.ExecuteAsync("INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts) VALUES (gen_random_uuid(), 'r', '', '', now(), 'Dead', 8)");
        await SweepAsync();
        Assert.Equal("Critical: 1 event stopped after 8 tries. They need a decision. Read the reason, fix it, then process again.", await _world.OpenAsync("webhook.dead"));

        await _world.Database.ExecuteAsync("UPDATE webhook_inbox SET state = 'Done'");
        await SweepAsync();
        Assert.Null(await _world.OpenAsync("webhook.dead"));
    }

    [Fact]
    public async Task Refused_Renewals_Are_One_Alarm_And_Their_Recovery_Is_Told()
    {
        var alarms = _world.Services.GetRequiredService<Alarms>();
        await _world.Database.ExecuteAsync(
            $"""
            INSERT INTO users (id, email, normalized_email, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at)
            VALUES ('00000000-0000-7000-8000-000000000001', 'a@b.example', 'A@B.EXAMPLE', 'a@b.example', 'A@B.EXAMPLE', true, false, false, true, 0, now());
            INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
            SELECT gen_random_uuid(), 'REAUTH_REQUIRED', sha256(n::text::bytea), 'account-' || n, '00000000-0000-7000-8000-000000000001', 'x', now(), now(), '{_world.Now:O}', 0, false, 0 FROM generate_series(1, 2) n
            """);
        await alarms.RaiseAsync("link.reauth.a", "Ring refuses to renew the tokens of an installation.", CancellationToken.None);

        await _world.WatchAsync();
        Assert.StartsWith("Critical: 2 connections cannot be renewed. Users must connect again after day 30; first failure ", await _world.OpenAsync("refresh.failed"), StringComparison.Ordinal);
        Assert.Equal(1, await _world.MailsAsync());

        await _world.Database.ExecuteAsync("UPDATE ring_tokens SET state = 'ACTIVE'");
        await alarms.ResolveAsync("link.reauth.a", CancellationToken.None);
        await _world.WatchAsync();
        Assert.Null(await _world.OpenAsync("refresh.failed"));
        Assert.StartsWith("1 connection works again since ", _world.Posts.Last().Body.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_Many_429s_From_Ring_Alarm_And_Pass()
    {
        var metrics = _world.Services.GetRequiredService<PortalMetrics>();
        for (var call = 0; call < 12; call++)
        {
            metrics.RingRequest("devices.list", "429");
        }

        await _world.WatchAsync();
        Assert.StartsWith("Warning: Ring answered 429 to 12 calls within 10 minutes", await _world.OpenAsync("ring.throttled"), StringComparison.Ordinal);

        await _world.WatchAsync(TimeSpan.FromMinutes(13));
        Assert.Null(await _world.OpenAsync("ring.throttled"));
    }

    [Fact]
    public async Task A_Pool_That_Is_Used_Up_Alarms_And_Passes()
    {
        var source = _world.Services.GetRequiredService<PortalDataSources>().Web;
        var held = new List<Npgsql.NpgsqlConnection>();
        for (var connection = 0; connection < 15; connection++)
        {
            held.Add(await source.OpenConnectionAsync());
        }

        var waiting = Enumerable.Range(0, 3).Select(_ => source.OpenConnectionAsync().AsTask()).ToList();
        await _world.WatchAsync();

        // The portal's own workers may stand in the queue too.
        Assert.Matches("^Warning: Up to ([3-9]|[1-9][0-9]+) callers waited for a database connection", await _world.OpenAsync("store.waits"));

        foreach (var connection in held)
        {
            await connection.DisposeAsync();
        }

        // On a busy machine they may have given up by now: the pool gives them five seconds.
        await Task.WhenAll(waiting.Select(connection => Record.ExceptionAsync(async () => await (await connection).DisposeAsync())));
        // The driver has one meter for all: other portals of this process may be short of connections in this very moment.
        await Eventually.TrueAsync(
            async () =>
            {
                await _world.WatchAsync(TimeSpan.FromMinutes(8));
                return await _world.OpenAsync("store.waits") is null;
            },
            TimeSpan.FromSeconds(30), "the alarm passes");
    }

    [Fact]
    public async Task What_Is_Raised_By_Events_Is_Settled_When_It_Stays_Quiet()
    {
        await _world.Services.GetRequiredService<Alarms>().RaiseAsync("webhook.signature", "Three deliveries with a wrong signature within ten minutes. Compare Ring__HmacKey.", CancellationToken.None);
        await _world.WatchAsync(TimeSpan.FromMinutes(29));
        Assert.StartsWith("Critical: ", await _world.OpenAsync("webhook.signature"), StringComparison.Ordinal);

        await _world.WatchAsync(TimeSpan.FromMinutes(2));
        Assert.Null(await _world.OpenAsync("webhook.signature"));
    }

    [Fact]
    public async Task Operators_Get_One_Message_When_It_Fires_And_One_When_It_Is_Settled()
    {
        var alarms = _world.Services.GetRequiredService<Alarms>();
        await alarms.RaiseAsync("teardown.stuck", "3 removals have not come to an end. Read the reason.", CancellationToken.None);
        await _world.WatchAsync();
        await alarms.RaiseAsync("teardown.stuck", "4 removals have not come to an end. Read the reason.", CancellationToken.None);
        await _world.WatchAsync();
        await _world.WatchAsync();

        var (body, id) = Assert.Single(_world.Posts);
        Assert.Equal(("teardown.stuck", "warning", "firing"), (body.GetProperty("key").GetString(), body.GetProperty("level").GetString(), body.GetProperty("state").GetString()));
        Assert.Equal("3 removals have not come to an end", body.GetProperty("title").GetString());
        Assert.True(Guid.TryParse(id, out _));
        var mail = await NewestMailAsync("removals");
        Assert.Equal(("operators@example.org", "[Fairview] Warning: 3 removals have not come to an end"), (mail.To, mail.Subject));
        Assert.Contains(", on Development.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Taken by: nobody. You get one more message when it is resolved.", mail.Text, StringComparison.Ordinal);

        await alarms.ResolveAsync("teardown.stuck", CancellationToken.None);
        await _world.WatchAsync();
        await _world.WatchAsync();
        Assert.Equal(2, _world.Posts.Count);
        Assert.Equal("resolved", _world.Posts.Last().Body.GetProperty("state").GetString());
        Assert.Equal("[Fairview] Resolved: 4 removals have not come to an end", (await NewestMailAsync("removals")).Subject);

        // Back again within minutes: it has to last before anybody is written to once more.
        await alarms.RaiseAsync("teardown.stuck", "3 removals have not come to an end. Read the reason.", CancellationToken.None);
        await _world.WatchAsync();
        Assert.Equal(2, _world.Posts.Count);
        await _world.WatchAsync(TimeSpan.FromMinutes(16));
        Assert.Equal(3, _world.Posts.Count);
    }

    [Fact]
    public async Task A_Message_That_Is_Not_Taken_Is_Posted_Again_Under_The_Same_Id()
    {
        _world.Answer = 500;
        await _world.Services.GetRequiredService<Alarms>().RaiseAsync("teardown.stuck", "3 removals have not come to an end. Read the reason.", CancellationToken.None);
        await _world.WatchAsync();
        Assert.Equal("1 500", await _world.Database.ScalarAsync<string>($"SELECT attempts || ' ' || last_error {Posted}"));

        _world.Answer = 200;
        await _world.WatchAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(await _world.Database.ScalarAsync<Guid>($"SELECT alarm_posts.id {Posted} AND sent_at IS NOT NULL"), Guid.Parse(Assert.Single(_world.Posts).Id));
    }

    [Fact]
    public async Task Two_Runs_At_Once_Tell_Once()
    {
        await _world.Services.GetRequiredService<Alarms>().RaiseAsync("teardown.stuck", "3 removals have not come to an end. Read the reason.", CancellationToken.None);
        _world.Advance(TimeSpan.FromMinutes(1));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _world.RunAsync<RingPortal.Web.Features.Admin.Alarming.WatchAlarmsJob>(job => job.RunAsync(CancellationToken.None))));

        Assert.Single(_world.Posts);
        Assert.Equal(1, await _world.MailsAsync());
    }

    private Task SweepAsync() => _world.RunAsync<SweepInboxJob>(job => job.RunAsync(CancellationToken.None));

    private Task<string> HistoryAsync(string key) =>
        _world.Database.ScalarAsync<string>($"SELECT string_agg(kind, ',' ORDER BY at) FROM alarm_notes JOIN alarms ON alarms.id = alarm_id WHERE key = '{key}'");

    /// <summary>The newest about something; a store that really is busy, while other tests run, has e-mails too.</summary>
    private async Task<MailMessage> NewestMailAsync(string about)
    {
        await using var context = _world.Database.CreateContext();
        var outbox = _world.Services.GetRequiredService<Outbox>();
        return context.OutboxEmails.OrderByDescending(mail => mail.CreatedAt).AsEnumerable().Select(outbox.Open).First(mail => mail.Subject.Contains(about, StringComparison.Ordinal));
    }
}
