using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Jobs;

/// <summary>J7: transactions that fail half way, or whose end nobody knows, are neither lost nor done twice.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "J7")]
public sealed class J7Proof
{
    private const int Transactions = 10_000;

    /// <summary>Each fiftieth row fails by one of the errors that ask for the whole transaction again, or takes its connection along.</summary>
    private const string Faults =
        """
        CREATE FUNCTION proof_fault() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        DECLARE draw double precision := random();
        BEGIN
          IF draw < 0.006 THEN RAISE EXCEPTION 'proof' USING ERRCODE = '40001'; END IF;
          IF draw < 0.012 THEN RAISE EXCEPTION 'proof' USING ERRCODE = '40P01'; END IF;
          IF draw < 0.020 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER proof_fault BEFORE INSERT ON webhook_inbox FOR EACH ROW EXECUTE FUNCTION proof_fault();
        CREATE TRIGGER proof_fault BEFORE INSERT ON device_events FOR EACH ROW EXECUTE FUNCTION proof_fault();
        """;

    [Fact]
    public async Task Failed_And_Ambiguous_Transactions_Are_Settled_By_Their_Keys()
    {
        await using var world = await ProofWorld.StartAsync("J7", new ProofShape { WiredDatabase = true });
        await world.Cluster.ExecuteAsync(Faults);
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger) { Compression = 0.02 };
        using var stop = new CancellationTokenSource();
        var made = 0;
        var sending = ring.SteadyAsync(150, () =>
        {
            Interlocked.Increment(ref made);
            return world.Mill.Next();
        }, stop.Token, outstanding: 1_000);
        // A cut at a random byte falls before, inside and after the statement, and between the commit and its word.
        var cuts = new Harm("cut the wire", 1, random =>
        {
            world.Wire.CutAfter(random.Next(1, 60_000));
            return Task.CompletedTask;
        });
        var resets = new Harm("reset the wire", 1, _ =>
        {
            world.Wire.Heal();
            world.Wire.Reset();
            return Task.CompletedTask;
        });
        var nemesis = new Nemesis(world.Files, cuts, resets);
        await nemesis.RunAsync(() => made >= Transactions, ledger, longest: TimeSpan.FromSeconds(1), limit: TimeSpan.FromMinutes(10));
        await stop.CancelAsync();
        await sending;
        world.Wire.Heal();
        await ring.WhenDeliveredAsync(TimeSpan.FromMinutes(4));

        ledger.NothingWasRefused();
        Assert.Equal(made, ledger.Count);
        (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger);
        await EffectCheck.WholeAsync(world.Cluster, ledger, TimeSpan.FromMinutes(5));
        ProofFiles.Figure("J7", $"{made} events through {nemesis.Story} and errors in each fiftieth row (40001, 40P01, lost backend) of inbox and effects: 0 lost, 0 doubled; answers {ledger.Statuses}");
    }
}
