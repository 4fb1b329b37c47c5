using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W1: what was acknowledged is there, whoever was killed whenever.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W1")]
public sealed class W1Proof
{
    private const int Acknowledgements = 20_000;
    private const int PortalKills = 20;
    private const int ServerKills = 5;

    [Fact]
    public async Task Nothing_Acknowledged_Is_Lost_Whoever_Is_Killed()
    {
        await using var world = await ProofWorld.StartAsync("W1");
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        using var stop = new CancellationTokenSource();
        var harm = new HarmfulWorld(world);
        var nemesis = new Nemesis(world.Files, harm.KillPortal(4), harm.KillServer(1), harm.FreezePortal(1), harm.FreezeServer(1));

        var sending = ring.SteadyAsync(250, world.Mill.Next, stop.Token, outstanding: 2_000);
        await nemesis.RunAsync(
            () => harm.PortalKills >= PortalKills && harm.ServerKills >= ServerKills && ledger.Count >= Acknowledgements,
            ledger, longest: TimeSpan.FromSeconds(2), limit: TimeSpan.FromMinutes(10));
        await stop.CancelAsync();
        await sending;
        await harm.AllStandAsync();
        await ring.WhenDeliveredAsync(TimeSpan.FromMinutes(3));

        ledger.NothingWasRefused();
        var check = (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger);
        var effects = await EffectCheck.WholeAsync(world.Cluster, ledger, TimeSpan.FromMinutes(3));
        ProofFiles.Figure("W1", $"0 lost, 0 doubled of {ledger.Count} acknowledged ({check.Rows} rows, {effects.Effects} effects); {harm.PortalKills} portals and {harm.ServerKills} times all of PostgreSQL killed ({nemesis.Story}); seed {nemesis.Seed}");
    }
}

/// <summary>W1 in short: one portal and all of PostgreSQL killed under load.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
[Trait(ProofOf.Name, "W1")]
public sealed class W1ShortProof(ShortWorld fixture)
{
    [Fact]
    public async Task Nothing_Acknowledged_Is_Lost_When_A_Portal_And_The_Database_Are_Killed()
    {
        var world = fixture.World;
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        using var stop = new CancellationTokenSource();
        var sending = ring.SteadyAsync(200, world.Mill.Next, stop.Token, outstanding: 1_000);
        await Eventually.TrueAsync(() => ledger.Count > 200, TimeSpan.FromSeconds(30), "200 acknowledged");
        await world.Portals[0].KillAsync();
        world.Portals[0].Start();
        await world.Cluster.KillAsync();
        await world.Cluster.StartAsync();
        var atRestart = ledger.Count;
        await Eventually.TrueAsync(() => ledger.Count > atRestart + 200, TimeSpan.FromSeconds(30), "200 more acknowledged");
        await stop.CancelAsync();
        await sending;
        await world.Portals[0].ReadyAsync();
        await ring.WhenDeliveredAsync(TimeSpan.FromSeconds(60));

        ledger.NothingWasRefused();
        (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger);
        await EffectCheck.WholeAsync(world.Cluster, ledger, TimeSpan.FromSeconds(60));
        ProofFiles.Figure("W1", $"0 lost, 0 doubled of {ledger.Count} acknowledged, each one effect; one portal and PostgreSQL killed");
    }
}
