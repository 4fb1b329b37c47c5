using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RingPortal.Data.Linking;
using RingPortal.Data.Notifications;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Webhooks.Dispatch;

namespace RingPortal.Tests.Webhooks.Dispatch;

/// <summary>What is read and written for a whole batch ends as if each delivery had been alone.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class BatchTests(EventWorld world) : IClassFixture<EventWorld>
{
    /// <summary>EF Core's event of a statement that was executed.</summary>
    private const int Executed = 20101;

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task A_Batch_Asks_A_Handful_Of_Questions_However_Many_Households_It_Is_About()
    {
        var ids = new List<Guid>();
        for (var household = 0; household < 20; household++)
        {
            var home = await world.HouseholdAsync(_now);
            ids.Add(await world.StoreAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now)));
            ids.Add(await world.StoreAsync(EventWorld.Event("button_press", home.Account, home.RingDevice, _now.AddSeconds(1))));
        }

        var before = Statements();
        await world.DrainAsync();

        // The second, empty batch included.
        Assert.InRange(Statements() - before, 1, 25);
        foreach (var id in ids)
        {
            Assert.Equal("applied", (await world.MessageAsync(id)).Outcome);
        }

        await using var context = world.Context();
        Assert.Equal(40, await context.DeviceEvents.CountAsync(entry => ids.Contains(entry.InboxId!.Value)));
    }

    [Fact]
    public async Task Each_Account_Of_A_Batch_Gets_What_It_Would_Get_Alone()
    {
        var (held, nobodys) = (await world.HouseholdAsync(_now), $"ava1.ring.account.{Guid.NewGuid():N}");
        var (left, back) = ($"ava1.ring.account.{Guid.NewGuid():N}", await world.HouseholdAsync(_now, RingTokenState.Unclaimed));
        await using (var context = world.Context())
        {
            context.DisconnectedAccounts.AddRange(new[] { left, back.Account }.Select(account => new DisconnectedAccount { AccountHash = SHA256.HashData(Encoding.UTF8.GetBytes(account)), DisconnectedAt = _now }));
            await context.SaveChangesAsync();
        }

        var ids = new List<Guid>();
        foreach (var account in new[] { held.Account, nobodys, left, back.Account })
        {
            ids.Add(await world.StoreAsync(EventWorld.Event("motion_detected", account, held.RingDevice, _now)));
        }

        await world.DrainAsync();

        Assert.Equal((InboxState.Done, "applied"), await OutcomeAsync(ids[0]));
        Assert.Equal((InboxState.Parked, "nobody holds this Ring account yet"), await OutcomeAsync(ids[1]));
        Assert.Equal((InboxState.Done, "disconnected here, dropped"), await OutcomeAsync(ids[2]));
        Assert.Equal((InboxState.Parked, "nobody holds this Ring account yet"), await OutcomeAsync(ids[3]));
    }

    [Fact]
    public async Task What_A_Camera_Saw_After_Its_Removal_In_The_Same_Batch_Is_Over()
    {
        var home = await world.HouseholdAsync(_now);
        await world.StoreAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now.AddSeconds(-30)));
        await world.StoreAsync(EventWorld.Event("device_removed", home.Account, home.RingDevice, _now.AddSeconds(-20)));
        // Ring's clock may say that it came before: what counts is that the camera is gone.
        var late = await world.StoreAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now.AddSeconds(-20)));

        await world.DrainAsync();

        Assert.Equal((InboxState.Done, "camera removed since"), await OutcomeAsync(late));
        await using var context = world.Context();
        Assert.Equal(1, await context.DeviceEvents.IgnoreQueryFilters().CountAsync(entry => entry.DeviceId == home.Device));
    }

    [Fact]
    public async Task What_Is_Processed_Again_Stands_In_The_Timeline_Once()
    {
        var home = await world.HouseholdAsync(_now);
        var id = await world.StoreAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now));
        await world.DrainAsync();
        await world.Database.ExecuteAsync($"UPDATE webhook_inbox SET state = 'Due', next_attempt_at = now() WHERE id = '{id}'");
        await world.DrainAsync();

        Assert.Equal((InboxState.Done, "known already"), await OutcomeAsync(id));
        await using var context = world.Context();
        Assert.Equal(1, await context.DeviceEvents.CountAsync(entry => entry.DeviceId == home.Device));
    }

    [Fact]
    public async Task An_Entry_That_Somebody_Writes_Meanwhile_Is_Not_Written_Twice()
    {
        var home = await world.HouseholdAsync(_now);
        await world.StoreAsync(EventWorld.Event("device_offline", home.Account, home.RingDevice, _now.AddSeconds(-10)));
        var seen = await world.StoreAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now));
        await using var blocker = await world.Database.Source.OpenConnectionAsync();
        await using var holding = await blocker.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand($"SELECT 1 FROM devices WHERE id = '{home.Device}' FOR NO KEY UPDATE", blocker, holding))
        {
            await hold.ExecuteNonQueryAsync();
        }

        // The batch has read what is recorded, and waits for the camera's row.
        var draining = world.DrainAsync();
        await Eventually.TrueAsync(
            async () => await world.Database.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FOR NO KEY UPDATE%')"),
            TimeSpan.FromSeconds(20));
        await world.Database.ExecuteAsync(
            $"""
            INSERT INTO device_events (id, device_id, user_id, kind, occurred_at, recorded_at, source_key)
            SELECT gen_random_uuid(), '{home.Device}', '{home.User}', 'Motion', now(), now(), event_key FROM webhook_inbox WHERE id = '{seen}'
            """);
        await holding.RollbackAsync();
        await draining;

        Assert.Equal((InboxState.Done, "known already"), await OutcomeAsync(seen));
        Assert.False((await world.DeviceAsync(home))!.Online);
        await using var context = world.Context();
        Assert.Equal(1, await context.DeviceEvents.CountAsync(entry => entry.DeviceId == home.Device));
    }

    [Fact]
    public async Task Only_Those_Who_Want_To_Be_Told_By_Mail_Are_Noted()
    {
        var (wants, silent) = (await world.HouseholdAsync(_now), await world.HouseholdAsync(_now));
        await using (var context = world.Context())
        {
            context.NotificationPreferences.Add(new NotificationPreference { DeviceId = wants.Device, UserId = wants.User, Press = true, PeriodMinutes = 60 });
            await context.SaveChangesAsync();
        }

        await world.StoreAsync(EventWorld.Event("button_press", wants.Account, wants.RingDevice, _now));
        await world.StoreAsync(EventWorld.Event("button_press", silent.Account, silent.RingDevice, _now));
        await world.DrainAsync();

        await using var after = world.Context();
        Assert.Equal(1, (await after.NotificationPreferences.SingleAsync(preference => preference.DeviceId == wants.Device)).PendingPress);
        Assert.False(await after.NotificationPreferences.AnyAsync(preference => preference.DeviceId == silent.Device));
    }

    [Fact]
    public async Task A_Backlog_Is_Taken_In_The_Order_Of_Its_Index_Whatever_The_Statistics_Say()
    {
        await using var context = world.Context();
        await using var transaction = await context.BeginBatchAsync(CancellationToken.None);
        // Statistics of a time in which nothing was due, then a backlog; rolled back, so that nobody processes it.
        await context.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts, next_attempt_at)
            SELECT gen_random_uuid(), 'plan-' || n, '', '', now(), CASE WHEN n <= 30000 THEN 'Done' ELSE 'Due' END, 0, now() FROM generate_series(1, 30000) n;
            ANALYZE webhook_inbox;
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts, next_attempt_at)
            SELECT gen_random_uuid(), 'plan-' || n, '', '', now(), 'Due', 0, now() FROM generate_series(30001, 50000) n;
            """);
        var plan = await context.Database.SqlQueryRaw<string>(
            "EXPLAIN SELECT * FROM webhook_inbox WHERE state = 'Due' AND next_attempt_at <= now() ORDER BY next_attempt_at LIMIT 100 FOR UPDATE SKIP LOCKED").ToListAsync();

        Assert.Contains(plan, line => line.Contains("ix_webhook_inbox_due", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Sort", StringComparison.Ordinal));
    }

    private async Task<(InboxState, string?)> OutcomeAsync(Guid id)
    {
        var message = await world.MessageAsync(id);
        return (message.State, message.Outcome);
    }

    private int Statements() => world.Portal.Logs.Entries.Count(entry => entry is { Category: "Microsoft.EntityFrameworkCore.Database.Command", EventId: Executed });
}
