using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Jobs;

/// <summary>J3: an instance that stands still longer than every lease and lock, and then goes on, does nothing a second time.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "J3")]
public sealed class J3Proof
{
    private const int PerRound = 30;

    /// <summary>Twice the life of Hangfire's locks and leases.</summary>
    private static readonly TimeSpan s_frozen = TimeSpan.FromSeconds(130);

    [Fact]
    public async Task Who_Stood_Still_And_Goes_On_Repeats_Nothing()
    {
        await using var world = await ProofWorld.StartAsync("J3", new ProofShape { Portals = 3, Households = (PerRound * 2, 2) });
        // Steps last a while, so that the instance is in the middle of them.
        await world.Cluster.ExecuteAsync(
            """
            CREATE FUNCTION proof_slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.4); RETURN NEW; END $$;
            CREATE TRIGGER proof_slow BEFORE UPDATE ON teardown_steps FOR EACH ROW EXECUTE FUNCTION proof_slow();
            """);
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        var held = 0L;
        for (var round = 0; round < 2; round++)
        {
            held += await FreezeAsync(world, ring, [.. world.Mill.Households.Skip(round * PerRound).Take(PerRound)], world.Portals[round]);
            await TeardownCheck.CompleteAsync(world.Cluster, PerRound * (round + 1), TimeSpan.FromMinutes(4));
        }

        await EffectCheck.DrainedAsync(world.Cluster, TimeSpan.FromMinutes(1));
        await TeardownCheck.WholeAsync(world.Cluster);
        ledger.NothingWasRefused();
        (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger);
        ProofFiles.Figure("J3", $"2 × an instance frozen for {s_frozen.TotalSeconds:0} s in the middle of {PerRound} removals ({held} of its transactions open): all {PerRound * 2} complete, one archive and one entry each, 0 second effects after it went on");
    }

    /// <summary>Ends connections, freezes an instance that is at it, and lets it go on; answers with how many transactions it held.</summary>
    private static async Task<long> FreezeAsync(ProofWorld world, RingSender ring, List<Household> households, ProofPortal victim)
    {
        await ring.PostAllAsync(households.Select(household => world.Mill.Of(household, "app_integration_removed")), 8);
        await Eventually.TrueAsync(
            async () => await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM teardown_steps WHERE finished_at IS NULL") >= 4, TimeSpan.FromSeconds(30), "removals run");
        victim.Freeze();
        ring.Drained.TryAdd(victim.Number, 0);
        await Moments.PassAsync(TimeSpan.FromSeconds(1.5));
        var held = await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND application_name LIKE 'ringportal-%'");
        await Moments.PassAsync(s_frozen);
        victim.Thaw();
        await victim.ReadyAsync();
        ring.Drained.TryRemove(victim.Number, out _);
        return held;
    }
}
