using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W2: an event that is delivered three times at once over all instances is one row, one effect, and always 200.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W2")]
public sealed class W2Proof
{
    [Fact]
    public async Task Three_Deliveries_Over_Two_Instances_Are_One_Event()
    {
        await using var world = await ProofWorld.StartAsync("W2");
        var ledger = await RepeatDrill.RunAsync(world, events: 10_000);
        ProofFiles.Figure("W2", $"{ledger.Attempts.Count} answers 200 for {ledger.Count} events: {ledger.Count} rows, {ledger.Count} effects, each accepted once; {Latencies.Of(ledger.Attempts)}");
    }
}

/// <summary>W2 in short.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
[Trait(ProofOf.Name, "W2")]
public sealed class W2ShortProof(ShortWorld fixture)
{
    [Fact]
    public async Task Three_Deliveries_Over_Two_Instances_Are_One_Event()
    {
        var ledger = await RepeatDrill.RunAsync(fixture.World, events: 500);
        ProofFiles.Figure("W2", $"{ledger.Attempts.Count} answers 200 for {ledger.Count} events: {ledger.Count} rows, {ledger.Count} effects");
    }
}

/// <summary>Each event three times at one moment: at both instances, and at one of them twice.</summary>
internal static class RepeatDrill
{
    private const int Deliveries = 3;

    public static async Task<Ledger> RunAsync(ProofWorld world, int events)
    {
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger, connections: 64);
        var sent = Enumerable.Range(0, events).Select(_ => world.Mill.Next()).ToList();
        await Parallel.ForEachAsync(sent, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (delivery, _) =>
            await Task.WhenAll(Enumerable.Range(0, Deliveries).Select(number => ring.PostAsync(delivery, number % world.Portals.Count))));

        Assert.True(ledger.Attempts.All(attempt => attempt.Status == 200), ledger.Statuses);
        Assert.Equal(events * Deliveries, ledger.Attempts.Count);
        Assert.Equal(events, ledger.Attempts.Count(attempt => attempt.Answer == """{"status":"accepted"}"""));
        Assert.Equal(events * (Deliveries - 1), ledger.Attempts.Count(attempt => attempt.Answer == """{"status":"duplicate"}"""));
        Assert.Equal(events, (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger).Kept(sent));
        await EffectCheck.WholeAsync(world.Cluster, ledger, TimeSpan.FromMinutes(2));
        return ledger;
    }
}
