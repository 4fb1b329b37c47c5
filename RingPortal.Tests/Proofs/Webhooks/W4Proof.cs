using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W4: Ring's 5 seconds are never in sight.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W4")]
public sealed class W4Proof
{
    private static readonly TimeSpan s_p99 = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_max = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_burst = TimeSpan.FromSeconds(4.5);

    [Fact]
    public async Task Answers_Come_Far_Within_Rings_Patience()
    {
        await using var world = await ProofWorld.StartAsync("W4");
        await WarmAsync(world);
        var steady = await SteadyAsync(world);
        var burst = await BurstAsync(world);
        ProofFiles.Figure("W4", $"300 a second for 60 s: {steady}; burst of 5000, 64 at once: {burst}; 0 answers but 200");
    }

    private static async Task WarmAsync(ProofWorld world)
    {
        await using var ring = new RingSender(world.Addresses, new Ledger(), connections: 64);
        await ring.PostAllAsync(Enumerable.Range(0, 2_000).Select(_ => world.Mill.Next()), 16);
        await EffectCheck.DrainedAsync(world.Cluster, TimeSpan.FromMinutes(1));
    }

    private static async Task<Latencies> SteadyAsync(ProofWorld world)
    {
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger, connections: 256);
        using var minute = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await ring.SteadyAsync(300, world.Mill.Next, minute.Token);
        await ring.WhenDeliveredAsync(TimeSpan.FromSeconds(30));
        var latencies = Latencies.Of(ledger.Attempts);
        Assert.True(ledger.Attempts.All(attempt => attempt.Status == 200), ledger.Statuses);
        Assert.True(latencies.Count >= 17_500, $"Only {latencies}");
        Assert.True(latencies.P99 <= s_p99 && latencies.Max < s_max, $"300 a second: {latencies}");
        await EffectCheck.WholeAsync(world.Cluster, ledger, TimeSpan.FromMinutes(2));
        return latencies;
    }

    private static async Task<Latencies> BurstAsync(ProofWorld world)
    {
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger, connections: 64);
        await ring.PostAllAsync(Enumerable.Range(0, 5_000).Select(_ => world.Mill.Next()), 64);
        var latencies = Latencies.Of(ledger.Attempts);
        Assert.True(ledger.Attempts.All(attempt => attempt.Status == 200), ledger.Statuses);
        Assert.True(latencies.Max <= s_burst, $"Burst: {latencies}");
        return latencies;
    }
}
