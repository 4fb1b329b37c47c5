using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Pruning;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Pruning;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class PruneTests : IAsyncLifetime
{
    private const string User = "00000000-0000-7000-8000-000000000001";
    private const string Link = "00000000-0000-7000-8000-000000000002";
    private const string Camera = "00000000-0000-7000-8000-000000000003";

    private TestDatabase _database = null!;
    private PortalHost _portal = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _portal = PortalHost.Compose(_database);
        await _database.ExecuteAsync(
            $"""
            INSERT INTO users (id, email, normalized_email, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, created_at)
            VALUES ('{User}', 'a@b.example', 'A@B.EXAMPLE', 'a@b.example', 'A@B.EXAMPLE', true, false, false, true, 0, now());
            INSERT INTO ring_tokens (id, state, code_hash, account_id, user_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version)
            VALUES ('{Link}', 'ACTIVE', '\x01', 'ava1.ring.account.1', '{User}', 'x', now(), now(), now() - interval '90 days', 0, false, 0);
            INSERT INTO devices (id, ring_token_id, user_id, ring_device_id, name, refreshed_at, added_at) VALUES ('{Camera}', '{Link}', '{User}', 'ava1.ring.device.1', 'Door', now(), now());
            """);
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Settled_Deliveries_Go_After_Their_Time_And_Those_That_Wait_For_Somebody_Never()
    {
        await InboxAsync("Done", 31);
        await InboxAsync("Quarantined", 31);
        await InboxAsync("Done", 29);
        await InboxAsync("Due", 400);
        await InboxAsync("Parked", 400);
        await InboxAsync("Dead", 400);

        await PruneAsync();

        Assert.Equal("Dead,Done,Due,Parked", await _database.ScalarAsync<string>("SELECT string_agg(state, ',' ORDER BY state) FROM webhook_inbox"));
    }

    [Theory]
    [InlineData("arrivals", "INSERT INTO arrivals (id, route, at, verdict, status, elapsed_milliseconds, source_network, host) VALUES (gen_random_uuid(), 'link', @at, 'accepted', 303, 1, 'x', 'y')", 14)]
    [InlineData("device_events", $"INSERT INTO device_events (id, device_id, user_id, kind, occurred_at, recorded_at, source_key) VALUES (gen_random_uuid(), '{Camera}', '{User}', 'Motion', @at, now(), gen_random_uuid()::text)", 60)]
    [InlineData("snapshots", $"INSERT INTO snapshots (id, device_id, user_id, slot, outcome, origin, stored_at, keep_until) VALUES (gen_random_uuid(), '{Camera}', '{User}', @at, 'Kept', 'Unknown', @at, now() + interval '1 year')", 30)]
    [InlineData("snapshots", $"INSERT INTO snapshots (id, device_id, user_id, slot, outcome, origin, stored_at, keep_until) VALUES (gen_random_uuid(), '{Camera}', '{User}', @at, 'Kept', 'Unknown', now(), @at + interval '7 days')", 7)]
    [InlineData("outbox_emails", "INSERT INTO outbox_emails (id, kind, created_at, sent_at, expires_at, next_attempt_at, attempts) VALUES (gen_random_uuid(), 'x', @at, @at, @at, @at, 1)", 30)]
    [InlineData("outbox_emails", "INSERT INTO outbox_emails (id, kind, created_at, expires_at, next_attempt_at, attempts) VALUES (gen_random_uuid(), 'x', @at, @at, @at, 1)", 30)]
    [InlineData("used_nonces", $"INSERT INTO used_nonces (nonce_hash, user_id, ring_token_id, used_at, outcome, reference) VALUES (sha256(gen_random_uuid()::text::bytea), '{User}', '{Link}', @at, 'Linked', 'x')", 7)]
    [InlineData("live_sessions", $"INSERT INTO live_sessions (id, device_id, ring_token_id, user_id, ring_path, started_at, ended_at, closed_at, attempts) VALUES (gen_random_uuid(), '{Camera}', '{Link}', '{User}', '/', @at, @at, @at, 1)", 30)]
    [InlineData("alarms", "INSERT INTO alarms (id, key, text, raised_at, last_at, count, resolved_at) VALUES (gen_random_uuid(), 'k', 't', @at, @at, 1, @at)", 90)]
    [InlineData("teardowns", $"INSERT INTO teardowns (id, kind, cause, ring_token_id, occurred_at, requested_at, completed_at, attempts) VALUES (gen_random_uuid(), 'Device', 'Webhook', '{Link}', @at, @at, @at, 1)", 365)]
    [InlineData("erasures", "INSERT INTO erasures (id, stage, requested_at, told_links, completed_at, attempts) VALUES (gen_random_uuid(), 'Done', @at, '{}', @at, 1)", 365)]
    [InlineData("disconnected_accounts", "INSERT INTO disconnected_accounts (account_hash, disconnected_at) VALUES (sha256(gen_random_uuid()::text::bytea), @at)", 400)]
    public async Task Each_Table_Is_Pruned_After_Its_Time_And_Not_Before(string table, string insert, int days)
    {
        foreach (var age in new[] { days + 1, days - 1 })
        {
            await _database.ExecuteAsync(insert.Replace("@at", $"now() - interval '{age} days'", StringComparison.Ordinal));
        }

        await PruneAsync();
        await PruneAsync();

        Assert.Equal(1, await CountAsync(table));
    }

    [Theory]
    [InlineData("outbox_emails", "INSERT INTO outbox_emails (id, kind, created_at, expires_at, next_attempt_at, attempts) VALUES (gen_random_uuid(), 'x', now() - interval '2 years', now(), now(), 1)")]
    [InlineData("live_sessions", $"INSERT INTO live_sessions (id, device_id, ring_token_id, user_id, ring_path, started_at, attempts) VALUES (gen_random_uuid(), '{Camera}', '{Link}', '{User}', '/', now() - interval '2 years', 1)")]
    [InlineData("alarms", "INSERT INTO alarms (id, key, text, raised_at, last_at, count) VALUES (gen_random_uuid(), 'k', 't', now() - interval '2 years', now() - interval '2 years', 1)")]
    [InlineData("teardowns", $"INSERT INTO teardowns (id, kind, cause, ring_token_id, occurred_at, requested_at, attempts) VALUES (gen_random_uuid(), 'Device', 'Webhook', '{Link}', now() - interval '2 years', now() - interval '2 years', 1)")]
    public async Task What_Is_Not_Over_Stays_However_Old(string table, string insert)
    {
        await _database.ExecuteAsync(insert);
        await PruneAsync();
        Assert.Equal(1, await CountAsync(table));
    }

    [Fact]
    public async Task An_Ended_Link_Stays_Until_Its_Teardown_Has_Archived_What_Hangs_On_It()
    {
        await AddEndedAsync("00000000-0000-7000-8000-00000000000a", 31);
        await AddEndedAsync("00000000-0000-7000-8000-00000000000b", 29);
        await AddEndedAsync("00000000-0000-7000-8000-00000000000c", 31);
        await AddEndedAsync("00000000-0000-7000-8000-00000000000d", 31);
        await _database.ExecuteAsync($"INSERT INTO teardowns (id, kind, cause, ring_token_id, occurred_at, requested_at, attempts) VALUES (gen_random_uuid(), 'Integration', 'Webhook', '00000000-0000-7000-8000-00000000000c', now(), now(), 1)");
        await _database.ExecuteAsync($"INSERT INTO devices (id, ring_token_id, user_id, ring_device_id, name, refreshed_at, added_at, removed_at) VALUES (gen_random_uuid(), '00000000-0000-7000-8000-00000000000d', '{User}', 'd', 'Door', now(), now(), now())");

        // Without its row nobody could tell any more whose delivery this is, and delete it with the account.
        await AddEndedAsync("00000000-0000-7000-8000-00000000000e", 31);
        await _database.ExecuteAsync("UPDATE ring_tokens SET account_id = 'ava1.ring.account.e' WHERE right(id::text, 1) = 'e'");
        await _database.ExecuteAsync("INSERT INTO webhook_inbox (id, request_id, body_hash, body, account_id, received_at, state, attempts) VALUES (gen_random_uuid(), 'e', '', '', 'ava1.ring.account.e', now() - interval '40 days', 'Dead', 8)");

        await PruneAsync();

        Assert.Equal("2,b,c,d,e", await _database.ScalarAsync<string>("SELECT string_agg(right(id::text, 1), ',' ORDER BY id) FROM ring_tokens"));
    }

    [Fact]
    public async Task Many_Rows_Go_In_Chunks_Beside_A_Reader_Who_Holds_One()
    {
        await _database.ExecuteAsync("INSERT INTO arrivals (id, route, at, verdict, status, elapsed_milliseconds, source_network, host) SELECT gen_random_uuid(), 'link', now() - interval '20 days' - n * interval '1 second', 'accepted', 303, 1, 'x', 'y' FROM generate_series(1, 12000) n");
        await using (var holder = await _database.Source.OpenConnectionAsync())
        await using (var transaction = await holder.BeginTransactionAsync())
        {
            await using var holding = new NpgsqlCommand("SELECT 1 FROM arrivals ORDER BY at LIMIT 1 FOR UPDATE", holder, transaction);
            await holding.ExecuteNonQueryAsync();
            await Task.WhenAll(PruneAsync(), PruneAsync());
            Assert.Equal(1, await CountAsync("arrivals"));
        }

        await PruneAsync();
        Assert.Equal(0, await CountAsync("arrivals"));
        Assert.Contains(_portal.Logs.Lines, line => line.Contains("of arrivals", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Inbox:RetentionDays", "6", "Inbox__RetentionDays must be 7 to 3650.")]
    [InlineData("Arrivals:RetentionDays", "0", "Arrivals__RetentionDays must be 1 to 3650.")]
    [InlineData("Events:RetentionDays", "-1", "Events__RetentionDays must be 1 to 3650.")]
    [InlineData("Audit:RetentionDays", "29", "Audit__RetentionDays must be 30 to 3650.")]
    public void A_Period_That_Would_Break_A_Promise_Stops_The_Start(string key, string value, string sentence)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => PortalHost.Compose(_database, settings: new Dictionary<string, string?> { [key] = value }));

        Assert.Equal(sentence, Assert.Single(refused.Failures));
    }

    [Fact]
    public async Task A_Period_That_Is_Set_Counts()
    {
        await using var short_ = PortalHost.Compose(_database, settings: new Dictionary<string, string?> { ["Inbox:RetentionDays"] = "7" });
        await InboxAsync("Done", 8);
        await PruneAsync(short_);
        Assert.Equal(0, await CountAsync("webhook_inbox"));
    }

    private Task<int> InboxAsync(string state, int days) => _database.ExecuteAsync(
        $"INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts) VALUES (gen_random_uuid(), gen_random_uuid()::text, '', '', now() - interval '{days} days', '{state}', 0)");

    private Task<int> AddEndedAsync(string id, int days) => _database.ExecuteAsync(
        $"INSERT INTO ring_tokens (id, state, code_hash, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version) VALUES ('{id}', 'REMOVED', sha256('{id}'), 'x', now(), now(), now() - interval '{days} days', 0, false, 0)");

    private Task<long> CountAsync(string table) => _database.ScalarAsync<long>($"SELECT count(*) FROM {table}");

    private async Task PruneAsync(PortalHost? portal = null)
    {
        await using var scope = (portal ?? _portal).Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await scope.ServiceProvider.GetRequiredService<PruneJob>().RunAsync(CancellationToken.None);
    }
}
