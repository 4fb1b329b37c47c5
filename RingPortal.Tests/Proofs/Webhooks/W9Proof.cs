using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W9: replays within a week are taken, and an instance with a wrong clock judges as the others do.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W9")]
public sealed class W9Proof
{
    private const string Accepted = """{"status":"accepted"}""";
    private const string Quarantined = """{"status":"quarantined"}""";
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_agree = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Instances_With_Wrong_Clocks_Judge_And_Write_By_The_Clock_Of_The_Database()
    {
        await using var world = await ProofWorld.StartAsync("W9", new ProofShape
        {
            Portals = 3,
            Environments = [new Dictionary<string, string>(), FakeClock.Shifted(s_skew), FakeClock.Shifted(-s_skew)],
        });
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        (TimeSpan Age, string Wanted)[] cases =
        [
            (TimeSpan.Zero, Accepted), (TimeSpan.FromMinutes(5), Accepted), (TimeSpan.FromHours(73), Accepted), (TimeSpan.FromHours(75.3), Accepted), (TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1), Accepted),
            (TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1), Quarantined), (TimeSpan.FromDays(30), Quarantined), (-TimeSpan.FromMinutes(9), Accepted), (-TimeSpan.FromMinutes(11), Quarantined), (-TimeSpan.FromDays(1), Quarantined),
        ];
        foreach (var (age, wanted) in cases)
        {
            foreach (var portal in world.Portals)
            {
                var answer = await ring.PostAsync(world.Mill.Of(world.Mill.Households[0], "motion_detected", DateTimeOffset.UtcNow - age), portal.Number);
                Assert.True(answer.Status == 200 && answer.Answer == wanted, $"{age} old at portal {portal.Number}: {answer}");
            }
        }

        await EffectCheck.DrainedAsync(world.Cluster, TimeSpan.FromMinutes(1));
        var apart = await world.Cluster.ScalarAsync<double>("SELECT extract(epoch FROM max(received_at) - min(received_at))::float8 FROM webhook_inbox");
        var wrong = await world.Cluster.ScalarAsync<long>(
            $"SELECT count(*) FROM (SELECT received_at AS at FROM webhook_inbox UNION ALL SELECT settled_at FROM webhook_inbox UNION ALL SELECT recorded_at FROM device_events) times WHERE at > now() + interval '{s_agree.TotalSeconds:0} seconds' OR at < now() - interval '5 minutes'");
        Assert.Equal(0, wrong);
        ProofFiles.Figure("W9", $"{cases.Length} ages × 3 instances (clock right, 10 min ahead, 10 min behind): the same verdict, 7 d and 10 min are the borders, 200 each; all times written within {apart:0} s of each other by the database's clock");
    }
}
