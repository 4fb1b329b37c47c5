using Hangfire;
using Hangfire.Common;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Proofs.Audit;
using RingPortal.Tests.Proofs.Rig;
using RingPortal.Web.Features.Teardown;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Jobs;

namespace RingPortal.Tests.Proofs.Jobs;

/// <summary>J1: every job may run several times, at once and again: what it does is done once.</summary>
[Collection(FullProofs.Name)]
[Trait(Tiers.Name, Tiers.FullProof)]
[Trait(ProofOf.Name, "J1")]
public sealed class J1Proof
{
    private const int Homes = 4;
    private const int Kills = 4;

    private static readonly TimeSpan s_recovered = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Jobs_That_Run_At_Once_And_Again_Have_One_Effect()
    {
        await using var world = await ProofWorld.StartAsync("J1", new ProofShape
        {
            Ring = true,
            Seeded = false,
            Households = ((Homes * 2) + Kills, 2),
        });
        foreach (var household in world.Mill.Households)
        {
            await ProofLinking.LinkAsync(world, household);
        }

        var desk = new JobDesk(world.Cluster);
        var refreshes = await RefreshesAsync(world, desk);
        var teardowns = await TeardownsAsync(world, desk);
        var others = await JobDrill.RunAllAsync(world, desk);
        var letters = await MailsAsync(world);
        ProofFiles.Figure("J1", $"each job 8 at once and 8 again on 2 instances: {Homes} due tokens refreshed by {refreshes} calls, {teardowns} teardowns with one archive each, {letters} letters each sent once, {others} kinds of jobs without a second effect");
        var (begun, interrupted) = await KilledAsync(world, desk, teardowns);
        ProofFiles.Figure("J1", $"all {others} kinds and a teardown at once, both instances killed {Kills} times in the middle of them: {begun} jobs, {interrupted} begun again, all done, no step lost, nothing twice, the audit trail whole");
    }

    /// <summary>Tokens that are due: one call to Ring each, however many ask.</summary>
    private static async Task<long> RefreshesAsync(ProofWorld world, JobDesk desk)
    {
        await world.Cluster.ExecuteAsync($"UPDATE ring_tokens SET refreshed_at = now() - interval '27 hours' WHERE account_id IN ('{string.Join("','", world.Mill.Households.Take(Homes).Select(household => household.AccountId))}')");
        var before = await CallsAsync(world);
        await JobDrill.TwiceAsync(desk, typeof(RefreshTokensJob), "RunAsync", CancellationToken.None);
        var calls = await CallsAsync(world) - before;
        Assert.Equal(Homes, calls);
        Assert.Equal(world.Mill.Households.Count, await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM ring_tokens WHERE state = 'ACTIVE'"));
        return calls;
    }

    private static async Task<long> CallsAsync(ProofWorld world) => (await world.Ring.GetAsync("calls/count?operation=Token")).GetValue<long>();

    private static async Task<long> TeardownsAsync(ProofWorld world, JobDesk desk)
    {
        foreach (var household in world.Mill.Households.Take(Homes / 2))
        {
            await world.Ring.PostAsync($"accounts/{household.Key}/remove");
        }

        await Eventually.TrueAsync(async () => await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM teardowns") == Homes / 2, TimeSpan.FromSeconds(60), "removals are asked for");
        foreach (var id in await world.Cluster.ScalarAsync<Guid[]>("SELECT array_agg(id) FROM teardowns"))
        {
            await JobDrill.TwiceAsync(desk, typeof(TearDownIntegrationJob), "RunAsync", id, CancellationToken.None);
        }

        await TeardownCheck.CompleteAsync(world.Cluster, Homes / 2, TimeSpan.FromMinutes(2));
        await TeardownCheck.WholeAsync(world.Cluster);
        return Homes / 2;
    }

    /// <summary>Everything at once while a connection ends, and both instances die in the middle: later and later in the work.</summary>
    private static async Task<(int Begun, int Interrupted)> KilledAsync(ProofWorld world, JobDesk desk, long teardowns)
    {
        var (begun, interrupted) = (0, 0);
        for (var round = 0; round < Kills; round++)
        {
            await world.Ring.PostAsync($"accounts/{world.Mill.Households[(Homes * 2) + round].Key}/remove");
            var jobs = JobDrill.Timetable.Select(entry => desk.Run(entry.Job, entry.Method, CancellationToken.None)).ToList();
            var enough = jobs.Count * round / Kills;
            await Eventually.TrueAsync(async () => await desk.BegunAsync(jobs) > enough, TimeSpan.FromSeconds(60), "jobs run");
            await Task.WhenAll(world.Portals.Select(portal => portal.KillAsync().AsTask()));
            await Task.WhenAll(world.Portals.Select(portal => portal.StartReadyAsync()));
            await desk.SucceededAsync(jobs, s_recovered);
            begun += jobs.Count;
            foreach (var job in jobs)
            {
                interrupted += await desk.StartsAsync(job) > 1 ? 1 : 0;
            }
        }

        Assert.True(interrupted > 0, "No job was killed while it ran.");
        await TeardownCheck.CompleteAsync(world.Cluster, (int)teardowns + Kills, s_recovered);
        await TeardownCheck.WholeAsync(world.Cluster);
        await JobDrill.RunAllAsync(world, desk);
        Assert.Equal(0, (await new TrailCommand(world).VerifyAsync()).Code);
        Assert.Equal(0, await world.Cluster.ScalarAsync<long>("SELECT count(*) - count(DISTINCT id) FROM (SELECT unnest(record_ids) AS id FROM audit_seals) AS closed"));
        return (begun, interrupted);
    }

    /// <summary>Every letter of the outbox reached the mail server once.</summary>
    private static async Task<int> MailsAsync(ProofWorld world)
    {
        await Eventually.TrueAsync(async () => await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM outbox_emails WHERE sent_at IS NULL") == 0, TimeSpan.FromMinutes(2), "the outbox is empty");
        Assert.Equal(await world.Cluster.ScalarAsync<long>("SELECT count(*) FROM outbox_emails"), world.Mail.Messages.Count);
        Assert.Equal(world.Mail.Messages.Count, world.Mail.Messages.Distinct().Count());
        return world.Mail.Messages.Count;
    }
}

/// <summary>J1 in short: the sweeps, at once and again.</summary>
[Collection(ShortProofs.Name)]
[Trait(Tiers.Name, Tiers.Proof)]
[Trait(ProofOf.Name, "J1")]
public sealed class J1ShortProof(ShortWorld fixture)
{
    [Fact]
    public async Task Sweeps_That_Run_At_Once_And_Again_Change_Nothing_More()
    {
        var jobs = await JobDrill.RunAllAsync(fixture.World, new JobDesk(fixture.World.Cluster), atOnce: 3);
        ProofFiles.Figure("J1", $"{jobs} kinds of jobs, each at once and again: the same rows as before");
    }
}

/// <summary>Runs jobs on running portals several times at once and then again.</summary>
internal static class JobDrill
{
    /// <summary>Every job of the timetable, read off it: a new one is proved without being asked for.</summary>
    public static IReadOnlyList<(Type Job, string Method)> Timetable { get; } = ReadTimetable();

    /// <summary>Counts of everything that a second effect would change.</summary>
    private const string StateSql =
        """
        SELECT concat_ws(' ', (SELECT count(*) FROM users), (SELECT count(*) FROM devices), (SELECT count(*) FROM device_events), (SELECT count(*) FROM outbox_emails), (SELECT count(*) FROM teardowns),
          (SELECT count(*) FROM archives), (SELECT count(*) FROM webhook_inbox), (SELECT count(*) FROM ring_tokens), (SELECT count(*) FROM audit_records WHERE action <> 'key.used'), (SELECT count(*) FROM alarms WHERE key NOT LIKE 'store.%'))
        """;

    public static async Task TwiceAsync(JobDesk desk, Type job, string method, params object[] arguments) => await TwiceAsync(desk, 8, job, method, arguments);

    /// <summary>Each recurring job; nothing may be different after the second time from after the first.</summary>
    public static async Task<int> RunAllAsync(ProofWorld world, JobDesk desk, int atOnce = 8)
    {
        await EffectCheck.DrainedAsync(world.Cluster, TimeSpan.FromMinutes(1));
        foreach (var (job, method) in Timetable)
        {
            await RunAsync(desk, atOnce, job, method, CancellationToken.None);
        }

        var once = await world.Cluster.ScalarAsync<string>(StateSql);
        foreach (var (job, method) in Timetable)
        {
            await RunAsync(desk, atOnce, job, method, CancellationToken.None);
        }

        Assert.Equal(once, await world.Cluster.ScalarAsync<string>(StateSql));
        return Timetable.Count;
    }

    private static async Task TwiceAsync(JobDesk desk, int atOnce, Type job, string method, object[] arguments)
    {
        await RunAsync(desk, atOnce, job, method, arguments);
        await RunAsync(desk, atOnce, job, method, arguments);
    }

    private static async Task RunAsync(JobDesk desk, int atOnce, Type job, string method, params object[] arguments) =>
        await desk.SucceededAsync([.. Enumerable.Range(0, atOnce).Select(_ => desk.Run(job, method, arguments))], TimeSpan.FromMinutes(2));

    private static List<(Type Job, string Method)> ReadTimetable()
    {
        var notes = new TimetableNotes();
        JobSchedule.Register(notes);
        return notes.Jobs;
    }

    /// <summary>Notes what it is told to run.</summary>
    private sealed class TimetableNotes : IRecurringJobManager
    {
        public List<(Type Job, string Method)> Jobs { get; } = [];

        public void AddOrUpdate(string recurringJobId, Job job, string cronExpression, RecurringJobOptions options) => Jobs.Add((job.Type, job.Method.Name));

        public void Trigger(string recurringJobId) => throw new NotSupportedException();

        public void RemoveIfExists(string recurringJobId) => throw new NotSupportedException();
    }
}
