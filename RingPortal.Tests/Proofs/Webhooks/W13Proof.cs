using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W13: no body decides about our memory or time, and none but an oversized one is refused for its form.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W13")]
public sealed class W13Proof
{
    private const int SlowCallers = 200;
    private const long MostMemory = 150L * 1024 * 1024;

    [Fact]
    public async Task Bodies_Of_Any_Form_End_In_Time_And_Cost_Little()
    {
        await using var world = await ProofWorld.StartAsync("W13");
        var drill = new BodyDrill(world);
        var quick = new List<RawAnswer>();
        foreach (var one in drill.Quick)
        {
            quick.Add(await drill.SendAsync(one));
        }

        var slow = await Task.WhenAll(drill.Slow.Select(one => drill.SendAsync(one)));
        Assert.True(slow.Max(answer => answer.Elapsed) <= RingSender.Patience, $"A slow body held for {slow.Max(answer => answer.Elapsed)}");

        var (crowd, ordinary, grown) = await CrowdAsync(world, drill);
        ProofFiles.Figure("W13", $"{quick.Count} forms answered as they must be; {slow.Length} slow bodies ended 503 ≤ {slow.Max(answer => answer.Elapsed).TotalSeconds:0.0} s, {crowd.Count} at once ≤ {crowd.Max.TotalSeconds:0.0} s, ordinary events meanwhile 200, {ordinary}, memory +{grown / 1024 / 1024} MB");
    }

    /// <summary>Many slow callers at once, and events of others beside them.</summary>
    private static async Task<(Latencies Crowd, Latencies Ordinary, long Grown)> CrowdAsync(ProofWorld world, BodyDrill drill)
    {
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        await ring.PostAllAsync(Enumerable.Range(0, 500).Select(_ => world.Mill.Next()), 8);
        var before = world.Portals.Max(portal => ProcessTree.ResidentBytes(portal.ProcessId));
        var cases = drill.Slow;
        var crowd = Task.WhenAll(Enumerable.Range(0, SlowCallers).Select(number => drill.SendAsync(cases[number % cases.Count], number % world.Portals.Count)));
        var ordinary = new List<Attempt>();
        while (!crowd.IsCompleted)
        {
            ordinary.Add(await ring.PostAsync(world.Mill.Next()));
        }

        var answers = await crowd;
        Assert.True(ordinary.All(attempt => attempt.Status == 200), $"An ordinary event got {ordinary.FirstOrDefault(attempt => attempt.Status != 200)}");
        Assert.True(answers.Max(answer => answer.Elapsed) <= RingSender.Patience, $"In a crowd a slow body held for {answers.Max(answer => answer.Elapsed)}");
        var grown = world.Portals.Max(portal => ProcessTree.ResidentBytes(portal.ProcessId)) - before;
        Assert.True(grown < MostMemory, $"Memory grew by {grown} bytes");
        (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger);
        return (new Latencies(answers.Select(answer => answer.Elapsed)), Latencies.Of(ordinary), Math.Max(grown, 0));
    }
}

/// <summary>W13 in short.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
[Trait(ProofOf.Name, "W13")]
public sealed class W13ShortProof(ShortWorld fixture)
{
    [Fact]
    public async Task Bodies_Of_Any_Form_Are_Answered_As_They_Must_Be()
    {
        var drill = new BodyDrill(fixture.World);
        var quick = drill.Quick;
        foreach (var one in quick)
        {
            await drill.SendAsync(one);
        }

        var slow = await Task.WhenAll(drill.Slow.Select(one => drill.SendAsync(one)));
        ProofFiles.Figure("W13", $"{quick.Count} forms and {slow.Length} slow bodies answered as they must be");
    }
}
