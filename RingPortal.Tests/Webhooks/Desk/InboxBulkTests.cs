using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Webhooks.Dispatch;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Webhooks.Desk;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Webhooks.Desk;

/// <summary>One decision about very many deliveries: in small parts, once each, whoever is killed in between, and beside everything else.</summary>
public sealed class InboxBulkTests(EventWorld world) : IClassFixture<EventWorld>
{
    private const int Many = 100_000;
    private const string Reason = "nobody needs them any more";

    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Fact]
    [Trait(Tiers.Name, Tiers.Proof)]
    public async Task A_Hundred_Thousand_Are_Discarded_In_Small_Parts_While_Others_Read_And_Parts_Break()
    {
        var staff = await StaffOnDuty.CreateAsync(world.Database);
        // Short transactions: a long one holds up the sealing of audit trails in the whole cluster.
        for (var from = 0; from < Many; from += 5_000)
        {
            await world.Database.ExecuteAsync(
                $"""
                INSERT INTO webhook_inbox (id, request_id, event_key, body_hash, body, account_id, event_type, source, received_at, state, attempts, settled_at, last_error)
                SELECT gen_random_uuid(), 'bulk-' || n, 'bulk-' || n, sha256(n::text::bytea), 'x', 'bulk-account', 'never_heard_of', 'x', now() - interval '1 hour' - n * interval '1 second', 'Dead', 8, now(), 'boom'
                FROM generate_series({from + 1}, {from + 5_000}) n
                """);
        }

        var filter = new InboxFilter(InboxTab.Stopped, "never_heard_of");
        Assert.Equal(Many, Assert.IsType<ActOutcome.Done>(await AskAsync((InboxDesk desk) => desk.DecideAllAsync(staff.Person, InboxVerb.Discard, filter, Reason, CancellationToken.None))).Count);
        var bulk = await BulkAsync();
        // What stops after the asking is not meant.
        await world.Database.ExecuteAsync(
            "INSERT INTO webhook_inbox (id, request_id, body_hash, body, event_type, received_at, state, attempts) VALUES (gen_random_uuid(), 'bulk-later', '', 'x', 'never_heard_of', now() + interval '1 minute', 'Dead', 8)");

        for (var chunks = 0; chunks < 3; chunks++)
        {
            Assert.True(await ChunkAsync(bulk.Id));
        }

        await BreakOneAsync(bulk.Id);
        var carrying = Task.WhenAll(CarryOutAsync(bulk.Id), CarryOutAsync(bulk.Id));
        var looks = 0;
        while (!carrying.IsCompleted)
        {
            var page = await world.Portal.Services.GetRequiredService<InboxQueries>().PageAsync(filter, null, null, CancellationToken.None);
            Assert.InRange(page.Rows.Count, 1, InboxQueries.PageSize);
            looks++;
        }

        await carrying;
        bulk = await BulkAsync();
        Assert.Equal((Many, Many, Many / BulkChunk.Size), (bulk.Matched, bulk.Handled, bulk.Chunks));
        Assert.Equal((long)Many, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM webhook_inbox WHERE bulk_id = '{bulk.Id}' AND state = 'Done' AND outcome = 'discarded'"));
        // No transaction held more than a chunk, and pages were read between them.
        Assert.Equal((long)BulkChunk.Size, await world.Database.ScalarAsync<long>($"SELECT max(rows) FROM (SELECT count(*) AS rows FROM webhook_inbox WHERE bulk_id = '{bulk.Id}' GROUP BY xmin) AS parts"));
        Assert.True(looks >= 20, $"{looks} pages were read meanwhile.");
        Assert.Equal("Dead", await world.Database.ScalarAsync<string>("SELECT state FROM webhook_inbox WHERE request_id = 'bulk-later'"));
        await RunAsync(bulk.Id);
        Assert.Equal((Many, 0, 0), Assert.Single(await NewestAsync(), row => row.Id == bulk.Id) is { SettledAt: not null } row ? (row.Done, row.Stopped, row.Waiting) : default);
        await using var context = world.Context();
        var record = Assert.Single(await context.AuditRecords.Where(record => record.Target == $"bulk:{bulk.Id}").ToListAsync());
        Assert.Equal(("webhook.discarded", Reason), (record.Action, record.Reason));
        Assert.Contains("never_heard_of", record.Details!, StringComparison.Ordinal);
        Assert.Contains($"{Many}", record.Details!, StringComparison.Ordinal);
    }

    [Fact]
    [Trait(Tiers.Name, Tiers.Integration)]
    public async Task What_Is_Processed_Again_Says_How_Many_Are_Done_And_How_Many_Stopped_Again()
    {
        var (staff, home) = (await StaffOnDuty.CreateAsync(world.Database), await world.HouseholdAsync(_now));
        var ids = new List<Guid>();
        for (var number = 0; number < 12; number++)
        {
            ids.Add(await world.StoreAsync(EventWorld.Event("motion_detected", home.Account, home.RingDevice, _now.AddSeconds(-number))));
        }

        await world.Database.ExecuteAsync($"UPDATE webhook_inbox SET state = 'Dead', attempts = 8, next_attempt_at = NULL, settled_at = now() WHERE account_id = '{home.Account}'");
        await world.Database.ExecuteAsync($"UPDATE webhook_inbox SET body = 'no json' WHERE id IN ('{ids[3]}', '{ids[7]}')");
        var address = world.Portal.Services.GetRequiredService<InboxAddress>();
        var filter = new InboxFilter(InboxTab.Stopped, Account: home.Account) { SealedAccount = address.Seal(home.Account) };

        Assert.Equal(12, Assert.IsType<ActOutcome.Done>(await AskAsync((InboxDesk desk) => desk.DecideAllAsync(staff.Person, InboxVerb.Again, filter, Reason, CancellationToken.None))).Count);
        var bulk = await BulkAsync();
        Assert.DoesNotContain(home.Account, bulk.Filter, StringComparison.Ordinal);
        await RunAsync(bulk.Id);
        Assert.Equal((0, 0, 12), await ResultAsync(bulk.Id));
        await world.DrainAsync();
        Assert.Equal((10, 0, 2), await ResultAsync(bulk.Id));
        for (var attempt = 1; attempt < RetryPlan.MostAttempts; attempt++)
        {
            await world.Database.ExecuteAsync($"UPDATE webhook_inbox SET next_attempt_at = now() WHERE state = 'Due' AND account_id = '{home.Account}'");
            await world.DrainAsync();
        }

        await RunAsync(bulk.Id);

        bulk = await BulkAsync();
        Assert.Equal((10, 2), bulk.SettledAt is null ? default : (bulk.Done, bulk.Stopped));
        // Whose it was is forgotten with the end.
        Assert.DoesNotContain("account\": \"", bulk.Filter, StringComparison.Ordinal);
        await using var context = world.Context();
        var record = await context.AuditRecords.SingleAsync(record => record.Target == $"bulk:{bulk.Id}");
        Assert.DoesNotContain(home.Account, record.Details!, StringComparison.Ordinal);
        Assert.DoesNotContain(filter.SealedAccount, record.Details!, StringComparison.Ordinal);
    }

    [Theory]
    [Trait(Tiers.Name, Tiers.Integration)]
    [InlineData(InboxTab.All, InboxVerb.Again)]
    [InlineData(InboxTab.Done, InboxVerb.Again)]
    [InlineData(InboxTab.Quarantine, InboxVerb.Discard)]
    [InlineData(InboxTab.Parked, InboxVerb.Discard)]
    [InlineData(InboxTab.Waiting, InboxVerb.Discard)]
    public async Task Nothing_Is_Decided_About_What_Needs_No_Decision(InboxTab tab, InboxVerb verb)
    {
        var staff = await StaffOnDuty.CreateAsync(world.Database);

        Assert.IsType<ActOutcome.Refused>(await AskAsync((InboxDesk desk) => desk.DecideAllAsync(staff.Person, verb, new InboxFilter(tab), Reason, CancellationToken.None)));
    }

    /// <summary>The next part meets a row that somebody holds, and is lost as with a killed instance: nothing of it stays.</summary>
    private async Task BreakOneAsync(Guid bulkId)
    {
        var before = await BulkAsync();
        await using var holder = await world.Database.Source.OpenConnectionAsync();
        await using var holding = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("SELECT id FROM webhook_inbox WHERE state = 'Dead' AND event_type = 'never_heard_of' ORDER BY received_at OFFSET 250 LIMIT 1 FOR UPDATE", holder, holding))
        {
            await hold.ExecuteNonQueryAsync();
        }

        await Assert.ThrowsAsync<PostgresException>(() => ChunkAsync(bulkId));
        await holding.RollbackAsync();
        var after = await BulkAsync();
        Assert.Equal((before.Handled, before.Chunks, before.PlaceId), (after.Handled, after.Chunks, after.PlaceId));
        Assert.Equal((long)before.Handled, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM webhook_inbox WHERE bulk_id = '{bulkId}'"));
    }

    private async Task CarryOutAsync(Guid bulkId)
    {
        while ((await BulkAsync()).CarriedOutAt is null)
        {
            await ChunkAsync(bulkId);
        }
    }

    private Task<bool> ChunkAsync(Guid bulkId) => AskAsync((BulkChunk chunk) => chunk.RunAsync(bulkId, CancellationToken.None));

    private Task<bool> RunAsync(Guid bulkId) => AskAsync(async (RunInboxBulkJob job) =>
    {
        await job.RunAsync(bulkId, CancellationToken.None);
        return true;
    });

    private Task<IReadOnlyList<BulkRow>> NewestAsync() => world.Portal.Services.GetRequiredService<BulkQueries>().NewestAsync(CancellationToken.None);

    private async Task<(int Done, int Stopped, int Waiting)> ResultAsync(Guid bulkId)
    {
        var row = (await NewestAsync()).Single(row => row.Id == bulkId);
        return (row.Done, row.Stopped, row.Waiting);
    }

    private async Task<InboxBulk> BulkAsync()
    {
        await using var context = world.Context();
        return await context.InboxBulks.AsNoTracking().OrderByDescending(bulk => bulk.AskedAt).FirstAsync();
    }

    private async Task<T> AskAsync<TService, T>(Func<TService, Task<T>> ask)
        where TService : notnull
    {
        await using var scope = world.Portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }
}
