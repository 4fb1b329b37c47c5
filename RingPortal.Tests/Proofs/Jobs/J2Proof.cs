using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Rig;

namespace RingPortal.Tests.Proofs.Jobs;

/// <summary>J2: the job of a killed instance goes on elsewhere soon, and a long one is never taken for dead.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "J2")]
public sealed class J2Proof
{
    private static readonly TimeSpan s_restart = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>The other instance has three workers free: a fourth job waits for one of them, which is not what is measured.</summary>
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Killed_Jobs_Go_On_Elsewhere_And_Long_Ones_Run_Once()
    {
        await using var world = await ProofWorld.StartAsync("J2", new ProofShape { Households = (1, 1) });
        var desk = new JobDesk(world.Cluster);
        var endless = desk.Sleep(s_long);
        await Eventually.TrueAsync(async () => await desk.WorkerAsync(endless) is not null, s_patience, "the long job runs");
        var keeper = await desk.WorkerAsync(endless);
        var victim = world.Portals.Single(portal => portal.ProcessId != keeper);

        var struck = await OnAsync(desk, victim);
        var killed = DateTime.UtcNow;
        await victim.KillAsync();
        await Eventually.TrueAsync(async () => await AllAsync(struck, async job => await desk.StartsAsync(job) >= 2), s_restart + s_patience, "killed jobs start again");
        var waits = new List<TimeSpan>();
        foreach (var job in struck)
        {
            waits.Add((await desk.HistoryAsync(job)).Where(state => state.Name == "Processing").Skip(1).First().At - killed);
        }

        Assert.True(waits.Max() <= s_restart, $"Started again after {waits.Max()}");
        await desk.SucceededAsync([.. struck, endless], s_long + s_patience);
        Assert.Equal(1, await desk.StartsAsync(endless));
        Assert.True(await AllAsync(struck, async job => await desk.StartsAsync(job) == 2), "A killed job ran more than once more.");
        ProofFiles.Figure("J2", $"{struck.Count} jobs of a killed instance began elsewhere after at most {waits.Max().TotalSeconds:0.0} s, each once; a job of 5 min began once");
    }

    /// <summary>Jobs that run on one instance.</summary>
    private static async Task<IReadOnlyList<long>> OnAsync(JobDesk desk, ProofPortal portal)
    {
        var jobs = Enumerable.Range(0, 6).Select(_ => desk.Sleep(s_short)).ToList();
        await Eventually.TrueAsync(async () => (await WhereAsync(desk, jobs)).Count(worker => worker == portal.ProcessId) >= 2, s_patience, "the victim works");
        var workers = await WhereAsync(desk, jobs);
        return [.. jobs.Where((_, index) => workers[index] == portal.ProcessId)];
    }

    private static async Task<IReadOnlyList<int?>> WhereAsync(JobDesk desk, IReadOnlyList<long> jobs) => await Task.WhenAll(jobs.Select(desk.WorkerAsync));

    private static async Task<bool> AllAsync(IReadOnlyList<long> jobs, Func<long, Task<bool>> holds) => (await Task.WhenAll(jobs.Select(holds))).All(held => held);
}
