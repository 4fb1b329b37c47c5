using System.Globalization;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs;

/// <summary>Everything at once for as long as is asked for: <c>eng/prove chaos --minutes N</c>.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "chaos")]
public sealed class ChaosProof
{
    [Fact]
    public async Task Nothing_Is_Lost_Doubled_Or_Stuck_Whatever_Happens()
    {
        var span = TimeSpan.FromMinutes(double.Parse(Environment.GetEnvironmentVariable("PROOF_MINUTES") ?? "10", CultureInfo.InvariantCulture));
        await using var world = await ProofWorld.StartAsync("chaos", new ProofShape { Portals = 3, WiredDatabase = true });
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        using var stop = new CancellationTokenSource();
        var harm = new HarmfulWorld(world);
        var nemesis = new Nemesis(
            world.Files, harm.KillPortal(4), harm.StopPortal(2), harm.FreezePortal(2), harm.KillServer(1), harm.StopServer(1), harm.FreezeServer(1), harm.SpoilWire(4));

        var sending = ring.SteadyAsync(200, world.Mill.Next, stop.Token, outstanding: 2_000);
        await nemesis.RunAsync(() => ledger.Now > span, ledger, longest: TimeSpan.FromSeconds(4), limit: span + TimeSpan.FromMinutes(2));
        await stop.CancelAsync();
        await sending;
        await harm.AllStandAsync();
        await ring.WhenDeliveredAsync(TimeSpan.FromMinutes(3));

        ledger.NothingWasRefused();
        (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger);
        var effects = await EffectCheck.WholeAsync(world.Cluster, ledger, TimeSpan.FromMinutes(10));
        ProofFiles.Figure("chaos", $"{span.TotalMinutes:0} min: 0 lost, 0 doubled, 0 stuck of {ledger.Count} acknowledged ({effects.Effects} effects); {nemesis.Story}; seed {nemesis.Seed}");
    }
}
