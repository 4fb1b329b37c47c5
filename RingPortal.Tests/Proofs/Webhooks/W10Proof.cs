using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Tests.Webhooks.Dispatch;
using Household = RingPortal.Tests.Proofs.Rig.Household;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W10: whatever order events come in and how often, the end is what their times say.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W10")]
public sealed class W10Proof
{
    private const int Cases = 2_000;
    private const int Worlds = 4;

    [Fact]
    public async Task Every_Order_Ends_In_What_The_Times_Of_The_Events_Say()
    {
        var seed = FuzzSeed.Of("orders");
        var wrong = await Task.WhenAll(Enumerable.Range(0, Worlds).Select(number => PlayAsync(seed + (number * Cases), Cases / Worlds)));
        Assert.True(wrong.All(one => one is null), wrong.FirstOrDefault(one => one is not null));
        ProofFiles.Figure("W10", $"{Cases} orders of added, offline, online, removed, added again, integration removed, with doubles and readings between: {Cases} ended right; seed {seed}");
    }

    [Fact]
    public async Task Orders_Over_Two_Instances_At_Once_End_Right()
    {
        await using var world = await ProofWorld.StartAsync("W10", new ProofShape { Households = (1, 1) });
        var stories = await OrderDrill.RunAsync(world, 400, "ORDER");
        ProofFiles.Figure("W10", $"{stories.Stories} stories in {stories.Deliveries} deliveries mixed over 2 instances: {stories.Stories} ended right");
    }

    private static async Task<string?> PlayAsync(int firstSeed, int cases)
    {
        var world = new EventWorld();
        await world.InitializeAsync();
        string? wrong = null;
        for (var seed = firstSeed; seed < firstSeed + cases && wrong is null; seed++)
        {
            wrong = await new EventOrders(world, seed).PlayAsync();
        }

        await world.DisposeAsync();
        return wrong;
    }
}

/// <summary>W10 in short.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
[Trait(ProofOf.Name, "W10")]
public sealed class W10ShortProof(ShortWorld fixture)
{
    [Fact]
    public async Task Orders_Over_Two_Instances_At_Once_End_Right()
    {
        var stories = await OrderDrill.RunAsync(fixture.World, 60, "ORDER");
        ProofFiles.Figure("W10", $"{stories.Stories} stories in {stories.Deliveries} deliveries mixed over 2 instances: {stories.Stories} ended right");
    }
}

/// <summary>Many households' stories at once: their events doubled, mixed and sent to all instances.</summary>
internal static class OrderDrill
{
    private static readonly string[] s_story = ["device_offline", "device_online", "device_offline", "device_removed", "app_integration_removed"];

    private static readonly TimeSpan s_step = TimeSpan.FromMinutes(10);

    public static async Task<(int Stories, int Deliveries)> RunAsync(ProofWorld world, int stories, string prefix)
    {
        var random = new Random(FuzzSeed.Of(prefix));
        var households = Household.Make(stories, 1, prefix);
        await ProofSeed.LinkAsync(world.Cluster, households);
        var happened = households.Select(_ => s_story[..random.Next(1, s_story.Length + 1)].Where(type => random.Next(4) > 0).DefaultIfEmpty("device_offline").ToArray()).ToList();
        var now = DateTimeOffset.UtcNow;
        var deliveries = households.Zip(happened).SelectMany(story => story.Second.SelectMany((type, index) =>
            Enumerable.Repeat(world.Mill.Of(story.First, type, occurredAt: now - (s_step * (story.Second.Length - index))), random.Next(1, 4)))).ToArray();
        random.Shuffle(deliveries);
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        await ring.PostAllAsync(deliveries, 16);
        Assert.True(ledger.Attempts.All(attempt => attempt.Status == 200), ledger.Statuses);
        await EffectCheck.DrainedAsync(world.Cluster, TimeSpan.FromMinutes(2));
        foreach (var (household, story) in households.Zip(happened))
        {
            Assert.Equal((household.Key, Expected(story)), (household.Key, await FoundAsync(world, household)));
        }

        return (stories, deliveries.Length);
    }

    private static string Expected(string[] story) =>
        story.Contains("app_integration_removed") ? "removed link"
        : story.Contains("device_removed") ? "removed camera"
        : story.Last(type => type is "device_online" or "device_offline") is "device_online" ? "online" : "offline";

    private static Task<string> FoundAsync(ProofWorld world, Household household) => world.Cluster.ScalarAsync<string>(
        $"""
        SELECT CASE WHEN token.state = 'REMOVED' THEN 'removed link'
                    WHEN NOT EXISTS (SELECT 1 FROM devices WHERE ring_token_id = token.id AND removed_at IS NULL) THEN 'removed camera'
                    WHEN (SELECT online FROM devices WHERE ring_token_id = token.id) THEN 'online' ELSE 'offline' END
        FROM ring_tokens token WHERE token.account_id = '{household.AccountId}'
        """);
}
