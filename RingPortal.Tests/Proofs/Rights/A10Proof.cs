using RingPortal.Tests.Conventions;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Tests.Rights;

namespace RingPortal.Tests.Proofs.Rights;

/// <summary>A10: what is named in an address answers its owner alone, at every instance.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "A10")]
public sealed class A10Proof
{
    [Fact]
    public async Task What_Is_Somebody_Elses_Or_Gone_Looks_Like_What_Does_Not_Exist_At_Both_Instances()
    {
        await using var world = await ProofWorld.StartAsync("A10", new ProofShape { Households = (0, 0), Seeded = false });
        await using var services = new ProofServices(world);
        var calls = 0;
        foreach (var portal in world.Portals)
        {
            // What some rows end is made anew for each instance.
            using var cast = await RightsCast.GatherAsync(() => ProxiedBrowser.Open(portal.Address), world.Cluster.ExecuteAsync, make => services.AskAsync(make));
            await cast.Check.RunAsync(RightsMatrix.Rows);
            Findings.None(cast.Check.Findings);
            calls += cast.Check.Calls;
        }

        ProofFiles.Figure("A10", $"{RightsMatrix.Rows.Count} addresses × owner, another person, Admin, Support, nobody, and what is removed, at {world.Portals.Count} instances: {calls} answers, 0 that differ from what does not exist, {RightsMatrix.Rows.Count} of {RightsMatrix.Rows.Count} answer their owner");
    }
}
