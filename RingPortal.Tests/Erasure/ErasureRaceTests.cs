using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Erasure;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;
using RingPortal.Simulator.Backend;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Web.Features.Erasure;
using RingPortal.Web.Features.Linking;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Features.Webhooks.Dispatch;

namespace RingPortal.Tests.Erasure;

/// <summary>An erasure against everything that may be under way for the same person at the same moment.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class ErasureRaceTests(ErasureWorld world) : IClassFixture<ErasureWorld>
{
    [Fact]
    public async Task A_Second_Wish_Finds_The_First_And_Two_Workers_Do_The_Work_Once()
    {
        var leaver = await world.PersonAsync();
        var erasures = await Task.WhenAll(world.BeginAsync(leaver), world.BeginAsync(leaver, world.Homes.Second));
        Assert.Equal(erasures[0], erasures[1]);

        await Eventually.TrueAsync(
            async () =>
            {
                await world.MakeDueAsync(erasures[0]);
                await Task.WhenAll(ErasureWorld.RunAsync(world.Homes.First, erasures[0]), ErasureWorld.RunAsync(world.Homes.Second, erasures[0]), world.RunTeardownsAsync(erasures[0]));
                return (await world.WorkAsync(erasures[0])).Stage is ErasureStage.Done;
            },
            TimeSpan.FromSeconds(60), "complete");

        Assert.Empty(await world.FindAsync(leaver));
        await using var scope = world.Homes.First.Services.CreateAsyncScope();
        Assert.IsType<ErasureAnswer.Begun>(await scope.ServiceProvider.GetRequiredService<ErasureRequests>().BeginAsync(leaver.UserId, "anything", CancellationToken.None));
    }

    [Fact]
    public async Task A_Claim_After_The_Wish_Finds_Nothing()
    {
        var leaver = await world.PersonAsync();
        var (ticket, waiting) = await ArriveAsync();
        var erasure = await world.BeginAsync(leaver);

        Assert.IsType<ClaimOutcome.NoMatch>(await ClaimAsync(ticket, leaver.UserId));

        await world.FinishAsync(erasure);
        Assert.Equal("UNCLAIMED", await world.Database.ScalarAsync<string>($"SELECT state FROM ring_tokens WHERE id = '{waiting}'"));
        Assert.Empty(await world.FindAsync(leaver));
    }

    [Fact]
    public async Task A_Claim_At_The_Same_Moment_Is_Ended_Or_Refused()
    {
        for (var round = 0; round < 5; round++)
        {
            var leaver = await world.PersonAsync();
            var (ticket, link) = await ArriveAsync();

            var claim = Task.Run(() => ClaimAsync(ticket, leaver.UserId));
            var erasure = await world.BeginAsync(leaver);
            var outcome = await claim;
            await world.FinishAsync(erasure);

            Assert.Equal(outcome is ClaimOutcome.Claimed ? 0 : 1, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM ring_tokens WHERE id = '{link}' AND state = 'UNCLAIMED'"));
            Assert.Empty(await world.FindAsync(leaver));
        }
    }

    [Fact]
    public async Task A_Nonce_Stays_Used_When_Its_Person_Is_Gone()
    {
        var leaver = await world.PersonAsync();
        var (ticket, _) = await ArriveAsync();
        Assert.IsType<ClaimOutcome.Claimed>(await ClaimAsync(ticket, leaver.UserId));

        await world.FinishAsync(await world.BeginAsync(leaver));

        Assert.IsType<ClaimOutcome.NoMatch>(await ClaimAsync(ticket, (await world.PersonAsync()).UserId));
        Assert.Empty(await world.FindAsync(leaver));
    }

    [Fact]
    public async Task A_Batch_That_May_Have_Read_The_Connection_Is_Waited_For()
    {
        var leaver = await world.PersonAsync();
        await using var batch = world.Database.CreateContext();
        await using var transaction = await batch.Database.BeginTransactionAsync();
        await DispatchBarrier.EnterAsync(batch, CancellationToken.None);
        var erasure = await world.BeginAsync(leaver);

        await ErasureWorld.RunAsync(world.Homes.First, erasure);
        await world.RunTeardownsAsync(erasure);
        await world.MakeDueAsync(erasure);
        Assert.NotNull(await ErasureWorld.RunAsync(world.Homes.First, erasure));
        Assert.Equal(ErasureStage.Removals, (await world.WorkAsync(erasure)).Stage);

        // What such a batch may write: that a camera is gone which nobody knew.
        await batch.Database.ExecuteSqlAsync(
            $"INSERT INTO teardowns (id, kind, cause, ring_token_id, user_id, ring_device_id, occurred_at, requested_at, completed_at, attempts) VALUES (gen_random_uuid(), 'Device', 'Webhook', {leaver.Home.Link}, {leaver.UserId}, {leaver.DeviceIds[0]}, now(), now(), now(), 0)");
        await transaction.CommitAsync();
        await world.FinishAsync(erasure);

        Assert.Empty(await world.FindAsync(leaver));
    }

    [Fact]
    public async Task A_Delivery_That_Somebody_Has_In_Hand_Is_Waited_For()
    {
        var leaver = await world.PersonAsync();
        var erasure = await world.BeginAsync(leaver);
        await using (var holder = world.Database.CreateContext())
        {
            await using var transaction = await holder.Database.BeginTransactionAsync();
            await holder.Database.ExecuteSqlAsync($"SELECT FROM webhook_inbox WHERE account_id = {leaver.AccountId} AND state = 'Dead' FOR UPDATE");

            await Assert.ThrowsAnyAsync<Exception>(() => world.FinishAsync(erasure));
            Assert.Equal("Records: 55P03 canceling statement due to lock timeout", (await world.WorkAsync(erasure)).LastError);
            await holder.Database.ExecuteSqlAsync($"UPDATE webhook_inbox SET state = 'Done' WHERE account_id = {leaver.AccountId}");
            await transaction.CommitAsync();
        }

        await world.FinishAsync(erasure);

        Assert.Empty(await world.FindAsync(leaver));
    }

    [Fact]
    public async Task Tokens_That_Come_Late_Are_Not_Kept()
    {
        var leaver = await world.PersonAsync();
        var rows = world.Homes.First.Services.GetRequiredService<TokenRows>();
        var (seen, lease) = (await rows.ReadAsync(leaver.Home.Link, CancellationToken.None), Guid.NewGuid());
        Assert.True(await rows.TakeAsync(seen!, lease, CancellationToken.None));
        var late = new NewTokens([1], [1], DateTimeOffset.UtcNow.AddHours(4), leaver.Tail);
        var erasure = await world.BeginAsync(leaver);
        await ErasureWorld.RunAsync(world.Homes.First, erasure);

        Assert.Null(await rows.KeepAsync(seen!, late, CancellationToken.None));
        await world.FinishAsync(erasure);
        Assert.Null(await rows.KeepAsync(seen!, late, CancellationToken.None));
        Assert.False(await rows.RefuseAsync(seen!, lease, TimeSpan.FromHours(1), CancellationToken.None));

        Assert.Empty(await world.FindAsync(leaver));
    }

    [Fact]
    public async Task What_Has_Become_Somebody_Elses_Stays()
    {
        var (leaver, neighbour) = (await world.PersonAsync(), await world.PersonAsync());
        // The neighbour's Ring account was the leaver's before.
        await world.Database.ExecuteAsync(
            $"""
            UPDATE ring_tokens SET account_id = '{neighbour.AccountId}' WHERE account_id = '{leaver.OldAccountId}';
            UPDATE webhook_inbox SET account_id = '{neighbour.AccountId}', received_at = now() - interval '1 day' WHERE account_id = '{leaver.OldAccountId}'
            """);
        var kept = await world.FindAsync(neighbour);

        await world.FinishAsync(await world.BeginAsync(leaver));

        Assert.Empty(await world.FindAsync(leaver));
        var left = await world.FindAsync(neighbour);
        // Only the leaver's own ended connection and the delivery from their time are gone.
        Assert.Equal(
            kept.Where(place => left.GetValueOrDefault(place.Key) != place.Value).Select(place => place.Key).Order(),
            new[] { "ring_tokens.account_id", "webhook_inbox.account_id" }.SelectMany(column => new[] { $"public.{column}: {neighbour.AccountId}", $"public.{column}: {neighbour.Tail}" }).Order());
        var hash = DisconnectedAccounts.HashOf(neighbour.AccountId);
        await using var context = world.Database.CreateContext();
        Assert.False(await context.DisconnectedAccounts.AnyAsync(row => row.AccountHash == hash));
    }

    [Fact]
    public async Task Rows_Of_Somebody_Who_Held_The_Ring_Account_Before_Forget_It()
    {
        var (leaver, before) = (await world.PersonAsync(), await world.PersonAsync());
        await world.Database.ExecuteAsync(
            $"""
            UPDATE ring_tokens SET account_id = '{leaver.AccountId}', masked_account = 'm***{leaver.Tail}' WHERE account_id = '{before.OldAccountId}';
            INSERT INTO teardowns (id, kind, cause, ring_token_id, user_id, ring_device_id, name, occurred_at, requested_at, completed_at, attempts)
            SELECT gen_random_uuid(), 'Device', 'Webhook', id, user_id, '{leaver.DeviceIds[0]}', 'Küche {leaver.Tail}', now(), now(), now(), 1 FROM ring_tokens WHERE user_id = '{before.UserId}' AND state = 'REMOVED'
            """);

        await world.FinishAsync(await world.BeginAsync(leaver));

        Assert.Empty(await world.FindAsync(leaver));
        Assert.Equal(2, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM ring_tokens WHERE user_id = '{before.UserId}'"));
    }

    [Fact]
    public async Task An_Installation_From_After_The_Wish_Waits_For_Whoever_Connects_It()
    {
        var leaver = await world.PersonAsync();
        var erasure = await world.BeginAsync(leaver);
        await world.Database.ExecuteAsync(
            $"INSERT INTO ring_tokens (id, state, code_hash, account_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version) VALUES (gen_random_uuid(), 'UNCLAIMED', sha256('new{leaver.Tail}'), '{leaver.AccountId}', '192.0.2.0/24', now(), now(), now(), 0, false, 0)");
        var parked = await world.AddDeliveryAsync(leaver.AccountId, leaver.DeviceIds[0], InboxState.Parked);

        await world.FinishAsync(erasure);

        await using var context = world.Database.CreateContext();
        Assert.Equal(RingTokenState.Unclaimed, (await context.RingTokens.SingleAsync(token => token.AccountId == leaver.AccountId)).State);
        Assert.Equal(parked, (await context.Inbox.SingleAsync(message => message.AccountId == leaver.AccountId)).Id);
    }

    private async Task<ClaimOutcome> ClaimAsync(LinkTicket ticket, Guid userId)
    {
        await using var scope = world.Homes.Second.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LinkClaim>().ClaimAsync(ticket, userId, CancellationToken.None);
    }

    /// <summary>A new Ring user has installed the app and stands before the consent page.</summary>
    private async Task<(LinkTicket Ticket, Guid RingTokenId)> ArriveAsync()
    {
        var (person, id) = (RingPerson.New(), Guid.CreateVersion7());
        world.Homes.Ring.Accounts.Put(person.Account);
        await world.Homes.Ring.InstallAsync(person.Key, new InstallOptions { ShareDevices = person.DeviceIds, WithoutExchange = true, WithoutEvents = true });
        await world.Database.ExecuteAsync(
            $"INSERT INTO ring_tokens (id, state, code_hash, account_id, source_network, received_at, retain_from, state_changed_at, attempts, outcome_unknown, version) VALUES ('{id}', 'UNCLAIMED', sha256('{id}'), '{person.AccountId}', '192.0.2.0/24', now(), now(), now(), 0, false, 0)");
        var query = System.Web.HttpUtility.ParseQueryString(world.Homes.Ring.BeginLink(person.Key).Query);
        return (new LinkTicket(query["nonce"]!, query["time"]!, DateTimeOffset.UtcNow), id);
    }
}
