using System.Diagnostics;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Jobs;

/// <summary>J6: an instance that is told to stop puts its jobs back, and nothing is done twice.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "J6")]
public sealed class J6Proof
{
    private const int Jobs = 20;
    private static readonly TimeSpan s_back = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_exit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_Stop_Puts_Running_Jobs_Back_And_Finishes_None_Twice()
    {
        await using var world = await ProofWorld.StartAsync("J6", new ProofShape { Households = (4, 2) });
        var desk = new JobDesk(world.Cluster);
        var ledger = new Ledger();
        await using var ring = new RingSender(world.Addresses, ledger);
        using var stop = new CancellationTokenSource();
        var sending = ring.SteadyAsync(30, world.Mill.Next, stop.Token);

        var jobs = Enumerable.Range(0, Jobs).Select(_ => desk.Wait(TimeSpan.FromSeconds(12))).ToList();
        var leaving = world.Portals[0];
        await Eventually.TrueAsync(async () => (await Task.WhenAll(jobs.Select(desk.WorkerAsync))).Count(worker => worker == leaving.ProcessId) >= 4, s_patience, "the instance is busy");
        var clock = Stopwatch.StartNew();
        var exit = leaving.StopAsync(s_exit + s_patience);
        // A balancer learns it a little later; what is sent until then is told to come again.
        await Moments.PassAsync(TimeSpan.FromSeconds(1));
        ring.Drained.TryAdd(leaving.Number, 0);
        await Eventually.TrueAsync(async () => (await Task.WhenAll(jobs.Select(desk.WorkerAsync))).All(worker => worker != leaving.ProcessId), s_back + s_patience, "its jobs are put back");
        var back = clock.Elapsed;
        var code = await exit;
        var gone = clock.Elapsed;
        Assert.Equal(0, code);
        Assert.True(back <= s_back, $"Put back after {back}");
        Assert.True(gone <= s_exit, $"Gone after {gone}");

        await desk.SucceededAsync(jobs, TimeSpan.FromMinutes(3));
        var ends = await Task.WhenAll(jobs.Select(async job => (await desk.HistoryAsync(job)).Count(state => state.Name == "Succeeded")));
        Assert.All(ends, count => Assert.Equal(1, count));
        await stop.CancelAsync();
        await sending;
        await ring.WhenDeliveredAsync(TimeSpan.FromMinutes(2));
        ledger.NothingWasRefused();
        (await InboxCheck.CompareAsync(world.Cluster, ledger)).IsWhole(ledger);
        await EffectCheck.WholeAsync(world.Cluster, ledger, s_patience);
        ProofFiles.Figure("J6", $"SIGTERM with {Jobs} jobs and 30 events a second: jobs put back after {back.TotalSeconds:0.0} s, exit 0 after {gone.TotalSeconds:0.0} s, each job finished once, 0 events lost of {ledger.Count}");
    }
}
