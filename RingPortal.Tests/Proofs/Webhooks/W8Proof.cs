using System.Net;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>W8: Ring's key is exchanged under load, instance by instance, and nobody notices.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "W8")]
public sealed class W8Proof
{
    private const string NewKey = "bmV4dC1rZXktb2YtdGhlLXByb29mLTMyLWJ5dGVzLS0=";
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_Key_Is_Exchanged_Under_Load_Without_A_Refusal()
    {
        await using var world = await ProofWorld.StartAsync("W8", new ProofShape { Settings = new Dictionary<string, string> { ["Ring__PreviousHmacKey"] = "" } });
        var old = world.Mill.HmacKey;
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        using var stop = new CancellationTokenSource();
        var sending = ring.SteadyAsync(50, () => Stragglers(world.Mill, old), stop.Token);

        await RollAsync(world, ring, NewKey, previous: old);
        world.Mill.HmacKey = NewKey;
        await Eventually.TrueAsync(() => ledger.Now > TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60), "both keys were in use for a while");
        await stop.CancelAsync();
        await sending;
        // From here on Ring has nothing left under the old key.
        using var stopAgain = new CancellationTokenSource();
        sending = ring.SteadyAsync(50, world.Mill.Next, stopAgain.Token);
        await RollAsync(world, ring, NewKey, previous: "");
        await stopAgain.CancelAsync();
        await sending;
        await ring.WhenDeliveredAsync(TimeSpan.FromSeconds(60));

        Assert.True(ledger.Attempts.All(attempt => attempt.Status == 200), ledger.Statuses);
        (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger);
        await EffectCheck.WholeAsync(world.Cluster, ledger, TimeSpan.FromMinutes(1));
        await OldKeyIsDeadAsync(world, old);
        ProofFiles.Figure("W8", $"{ledger.Attempts.Count} events at 50 a second over two rolling exchanges, each tenth under the old key meanwhile: all 200, 0 lost, p99 {Latencies.Of(ledger.Attempts).P99.TotalMilliseconds:0} ms; afterwards the old key is 401");
    }

    /// <summary>While Ring goes over, each tenth delivery still carries the old key: retries, dead letters.</summary>
    private static RingDelivery Stragglers(EventMill mill, string old)
    {
        var next = mill.Next();
        return next.RequestId.EndsWith('0') ? next with { Signature = EventMill.Signature(old, next.Body) } : next;
    }

    /// <summary>One instance after the other is taken out of rotation, stopped, started with other keys and put back.</summary>
    private static async Task RollAsync(ProofWorld world, RingSender ring, string key, string previous)
    {
        foreach (var portal in world.Portals)
        {
            ring.Drained.TryAdd(portal.Number, 0);
            await Moments.PassAsync(s_drain);
            Assert.Equal(0, await portal.StopAsync(TimeSpan.FromSeconds(30)));
            portal.Changes["Ring__HmacKey"] = key;
            portal.Changes["Ring__PreviousHmacKey"] = previous;
            await portal.StartReadyAsync();
            ring.Drained.TryRemove(portal.Number, out _);
        }
    }

    private static async Task OldKeyIsDeadAsync(ProofWorld world, string old)
    {
        await using var ring = new RingSender(world.Addresses, new Ledger());
        foreach (var portal in world.Portals)
        {
            var next = world.Mill.Next();
            var refused = await ring.PostAsync(next with { Signature = EventMill.Signature(old, next.Body) }, portal.Number);
            Assert.Equal((int)HttpStatusCode.Unauthorized, refused.Status);
        }
    }
}
