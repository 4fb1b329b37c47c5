using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W3: one request id at two instances in the same millisecond is one row, and nobody says 200 before the commit.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W3")]
public sealed class W3Proof
{
    [Fact]
    public async Task Two_Instances_That_Get_One_Event_At_Once_Store_It_Once()
    {
        await using var world = await ProofWorld.StartAsync("W3");
        var drill = new RaceDrill(world);
        var apart = await drill.PairsAsync(5_000);
        await drill.RivalsAsync(rounds: 20);
        var killed = await drill.KilledWinnersAsync(5);
        ProofFiles.Figure("W3", $"5000 pairs (p50 {apart.P50.TotalMicroseconds:0} µs apart): 5000 rows, 10000 answers 200; 60 rivals held open: 0 answers before their end, 0 lost; {killed} winners killed in their transaction: 0 lost");
    }
}

/// <summary>W3 in short.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
[Trait(ProofOf.Name, "W3")]
public sealed class W3ShortProof(ShortWorld fixture)
{
    [Fact]
    public async Task Two_Instances_That_Get_One_Event_At_Once_Store_It_Once()
    {
        var drill = new RaceDrill(fixture.World);
        await drill.PairsAsync(300);
        await drill.RivalsAsync(rounds: 1);
        ProofFiles.Figure("W3", $"300 pairs: 300 rows, 600 answers 200; 3 rivals held open: 0 answers before their end, 0 lost");
    }
}

/// <summary>Races for one request id: between instances, and against a transaction of our own that holds it.</summary>
internal sealed class RaceDrill(ProofWorld world)
{
    /// <summary>Long enough to see that nobody answers, short enough for the portals' own 2 s.</summary>
    private static readonly TimeSpan s_held = TimeSpan.FromMilliseconds(400);

    private enum End
    {
        Commit,
        Rollback,
        Killed,
    }

    /// <summary>The same event at both instances at one moment; answers with how far apart the two were sent.</summary>
    public async Task<Latencies> PairsAsync(int pairs)
    {
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        var apart = new List<TimeSpan>();
        var sent = new List<RingDelivery>();
        for (var pair = 0; pair < pairs; pair++)
        {
            var delivery = world.Mill.Next();
            var both = await BothAsync(ring, delivery);
            Assert.True(both.All(attempt => attempt.Status == 200), $"{both[0]} and {both[1]}");
            Assert.True(both.Select(attempt => attempt.Answer).Order().SequenceEqual(["""{"status":"accepted"}""", """{"status":"duplicate"}"""]), $"{both[0]} and {both[1]}");
            apart.Add((both[0].At - both[1].At).Duration());
            sent.Add(delivery);
        }

        Assert.Equal(pairs, (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger).Kept(sent));
        return new Latencies(apart);
    }

    /// <summary>A rival holds the request id in an open transaction, which then commits, is rolled back, or is killed.</summary>
    public async Task RivalsAsync(int rounds)
    {
        foreach (var end in Enumerable.Range(0, rounds).SelectMany(_ => Enum.GetValues<End>()))
        {
            var ledger = new Ledger();
            await using var ring = new RingSender(world.Addresses, ledger);
            var delivery = world.Mill.Next();
            await using var rival = await world.Cluster.Source.OpenConnectionAsync();
            await using var transaction = await rival.BeginTransactionAsync();
            await InsertAsync(rival, delivery);
            var both = BothAsync(ring, delivery);
            await Moments.PassAsync(s_held);
            Assert.True(ledger.Attempts.Count == 0, $"Answered while another held the id: {ledger.Attempts.FirstOrDefault()}");
            await EndAsync(rival, transaction, end);
            var answers = (await both).Select(attempt => (attempt.Status, attempt.Answer)).ToList();
            Assert.True(answers.All(answer => answer.Status == 200), $"{end}: {answers[0]} and {answers[1]}");
            Assert.Equal(end is End.Commit ? 0 : 1, answers.Count(answer => answer.Answer == """{"status":"accepted"}"""));
            Assert.Equal(1, (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger).Kept([delivery]));
        }
    }

    /// <summary>
    /// The instance whose insert runs is killed with SIGKILL while the other one waits for it. A trigger makes the insert
    /// of marked ids slow enough to be found.
    /// </summary>
    public async Task<int> KilledWinnersAsync(int rounds)
    {
        await world.Cluster.ExecuteAsync(
            """
            CREATE FUNCTION proof_slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.request_id LIKE '%slow' THEN PERFORM pg_sleep(1); END IF; RETURN NEW; END $$;
            CREATE TRIGGER proof_slow AFTER INSERT ON webhook_inbox FOR EACH ROW EXECUTE FUNCTION proof_slow();
            """);
        for (var round = 0; round < rounds; round++)
        {
            var ledger = new Ledger();
            await using var ring = new RingSender(world.Addresses, ledger);
            var id = $"{Guid.NewGuid():N}-slow";
            var delivery = world.Mill.Sign(id, $$"""{"meta":{"version":"1.1","request_id":"{{id}}"},"data":{"type":"device_online"} }""");
            var (winner, loser) = (round % 2, 1 - (round % 2));
            var first = ring.PostAsync(delivery, winner);
            await Eventually.TrueAsync(
                async () => await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == 1, TimeSpan.FromSeconds(5), "the winner's insert runs");
            var second = ring.PostAsync(delivery, loser);
            await world.Portals[winner].KillAsync();
            Assert.Equal(0, (await first).Status);
            Assert.Equal(200, (await second).Status);
            Assert.Equal(1, (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger).Kept([delivery]));
            await world.Portals[winner].StartReadyAsync();
        }

        await world.Cluster.ExecuteAsync("DROP TRIGGER proof_slow ON webhook_inbox; DROP FUNCTION proof_slow");
        return rounds;
    }

    private async Task<Attempt[]> BothAsync(RingSender ring, RingDelivery delivery)
    {
        using var barrier = new Barrier(world.Portals.Count);
        return await Task.WhenAll(world.Portals.Select(portal => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return ring.PostAsync(delivery, portal.Number);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }

    private static async Task InsertAsync(NpgsqlConnection rival, RingDelivery delivery)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts, next_attempt_at)
            VALUES (gen_random_uuid(), @id, sha256(@body), @body, now(), 'Done', 0, now())
            """,
            rival);
        command.Parameters.AddWithValue("id", delivery.RequestId);
        command.Parameters.AddWithValue("body", delivery.Body);
        await command.ExecuteNonQueryAsync();
    }

    private async Task EndAsync(NpgsqlConnection rival, NpgsqlTransaction transaction, End end)
    {
        switch (end)
        {
            case End.Commit:
                await transaction.CommitAsync();
                break;
            case End.Rollback:
                await transaction.RollbackAsync();
                break;
            default:
                await using (var kill = world.Cluster.Source.CreateCommand("SELECT pg_terminate_backend(@id)"))
                {
                    kill.Parameters.AddWithValue("id", rival.ProcessID);
                    await kill.ExecuteScalarAsync();
                }

                await Assert.ThrowsAnyAsync<NpgsqlException>(() => transaction.RollbackAsync());
                break;
        }
    }
}
