using System.Diagnostics;
using System.Security.Claims;
using Hangfire;
using Hangfire.Common;
using Hangfire.States;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Data.Audit;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Admin.Jobs;
using RingPortal.Web.Jobs;
using JobFilter = RingPortal.Web.Features.Admin.Jobs.JobFilter;

namespace RingPortal.Tests.Admin.Flow;

/// <summary>What operators do to jobs: recorded with a reason, understood by Hangfire, refused to who may not.</summary>
public sealed class JobActsTests : IAsyncLifetime
{
    private const string Reason = "The cause is mended";

    private TestDatabase _database = null!;
    private PortalHost _portal = null!;
    private ClaimsPrincipal _admin = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        // Not started: no worker takes what a test has just changed.
        _portal = PortalHost.Compose(_database);
        _admin = await StaffCast.PrincipalAsync(_portal.Services, PortalRoles.Admin, DateTimeOffset.UtcNow);
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    [Trait(Tiers.Name, Tiers.Integration)]
    public async Task A_Job_That_Stopped_Waits_Again_As_If_Hangfire_Had_Done_It()
    {
        var id = Hand(Failed());

        var outcome = await ActAsync(acts => acts.ChangeAsync(_admin, JobAct.Retry, [id], Reason, CancellationToken.None));

        Assert.Equal(new ActOutcome.Done(1), outcome);
        var monitor = Storage.GetMonitoringApi();
        Assert.Equal($"{id}", Assert.Single(monitor.EnqueuedJobs("default", 0, 10)).Key);
        Assert.Equal((0, 1), (monitor.FailedCount(), monitor.EnqueuedCount("default")));
        Assert.Equal("Enqueued", monitor.JobDetails($"{id}").History[0].StateName);
        Assert.NotNull(EnqueuedAt(monitor.JobDetails($"{id}").History[0].Data));
        var record = await RecordAsync("job.retried");
        Assert.Equal(($"job:{id}", Reason, AuditActor.Staff), (record.Target, record.Reason, record.Actor));
    }

    [Fact]
    [Trait(Tiers.Name, Tiers.Integration)]
    public async Task Jobs_That_Wait_For_Their_Time_Leave_The_Schedule_When_They_Are_Deleted_Or_Retried()
    {
        var (gone, early) = (Hand(new ScheduledState(TimeSpan.FromHours(1))), Hand(new ScheduledState(TimeSpan.FromHours(1))));

        await ActAsync(acts => acts.ChangeAsync(_admin, JobAct.Delete, [gone], Reason, CancellationToken.None));
        await ActAsync(acts => acts.ChangeAsync(_admin, JobAct.Retry, [early], Reason, CancellationToken.None));

        var monitor = Storage.GetMonitoringApi();
        Assert.Equal((0, 1, 1), (monitor.ScheduledCount(), monitor.DeletedListCount(), monitor.EnqueuedCount("default")));
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM hangfire.set WHERE key IN ('schedule', 'retries')"));
        Assert.True(await _database.ScalarAsync<bool>($"SELECT expireat > now() FROM hangfire.job WHERE id = {gone}"));
        Assert.Equal(1, monitor.GetStatistics().Deleted);
    }

    [Fact]
    [Trait(Tiers.Name, Tiers.Integration)]
    public async Task A_Worker_Runs_What_Was_Started_Anew_And_All_That_Match_Are_Done_In_The_Background()
    {
        var ids = Enumerable.Range(0, 3).Select(_ => Hand(Failed())).ToList();
        var elsewhere = Guid.NewGuid();
        var other = Hand(Failed(), job => job.RunAsync(elsewhere, CancellationToken.None));
        await ActAsync(acts => acts.ChangeAllAsync(_admin, JobAct.Retry, new JobFilter(JobTab.Stopped, Search: $"{s_subject}"), 3, Reason, CancellationToken.None));
        await using var worker = await PortalHost.StartAsync(_database);

        await Eventually.TrueAsync(
            async () => await _database.ScalarAsync<long>($"SELECT count(*) FROM hangfire.job WHERE statename = 'Succeeded' AND id IN ({string.Join(',', ids)})") == 3, TimeSpan.FromSeconds(60), "all three ran");

        Assert.Equal("Failed", await StateAsync(other));
        var bulk = Assert.Single(await _portal.Services.GetRequiredService<BulkQueries>().NewestAsync(CancellationToken.None));
        await Eventually.TrueAsync(async () => await StateAsync(bulk.JobId) == "Succeeded", TimeSpan.FromSeconds(30), "the act is over");
        bulk = Assert.Single(await _portal.Services.GetRequiredService<BulkQueries>().NewestAsync(CancellationToken.None));
        Assert.Equal((JobAct.Retry, 3, 3, true), (bulk.Act, bulk.Done, bulk.Matched, bulk.IsOver));
        Assert.Equal(Reason, (await RecordAsync("job.retried-ordered")).Reason);
    }

    [Fact]
    [Trait(Tiers.Name, Tiers.Integration)]
    public async Task An_Entry_Of_The_Timetable_Runs_Now_And_Its_Run_Is_Remembered()
    {
        JobSchedule.Register(_portal.Services.GetRequiredService<IRecurringJobManager>());

        var outcome = await ActAsync(acts => acts.RunNowAsync(_admin, "prune", Reason, CancellationToken.None));
        var unknown = await ActAsync(acts => acts.RunNowAsync(_admin, "no-such-entry", Reason, CancellationToken.None));

        Assert.Equal((new ActOutcome.Done(1), new ActOutcome.Refused("admin.jobs.refused.entry")), (outcome, unknown));
        var timetable = await _portal.Services.GetRequiredService<TimetableQueries>().TimetableAsync(CancellationToken.None);
        var entry = timetable.Single(row => row.Id == "prune");
        Assert.Equal(("PruneJob", "20 3 * * *", "Enqueued"), (entry.Type, entry.Cron, Assert.Single(entry.Runs).State));
        Assert.True(entry.NextAt > DateTimeOffset.UtcNow);
        Assert.True(timetable.Count >= 16);
        Assert.Equal("recurring:prune", (await RecordAsync("job.run-now")).Target);
    }

    [Fact]
    [Trait(Tiers.Name, Tiers.Integration)]
    public async Task Who_May_Not_Changes_Nothing()
    {
        var id = Hand(Failed());
        var support = await StaffCast.PrincipalAsync(_portal.Services, PortalRoles.Support, DateTimeOffset.UtcNow);
        var stale = await StaffCast.PrincipalAsync(_portal.Services, PortalRoles.Admin, DateTimeOffset.UtcNow.AddMinutes(-16));
        var consumer = await StaffCast.PrincipalAsync(_portal.Services, null, null);

        var filter = new JobFilter(JobTab.Stopped);
        foreach (var (person, expected) in new (ClaimsPrincipal, ActOutcome)[] { (support, new ActOutcome.NotAllowed()), (stale, new ActOutcome.StepNeeded()), (consumer, new ActOutcome.NotAllowed()) })
        {
            Assert.Equal(expected, await ActAsync(acts => acts.ChangeAsync(person, JobAct.Delete, [id], Reason, CancellationToken.None)));
            Assert.Equal(expected, await ActAsync(acts => acts.ChangeAllAsync(person, JobAct.Delete, filter, 1, Reason, CancellationToken.None)));
            Assert.Equal(expected, await ActAsync(acts => acts.RunNowAsync(person, "prune", Reason, CancellationToken.None)));
        }

        Assert.Equal(new ActOutcome.ReasonNeeded(), await ActAsync(acts => acts.ChangeAsync(_admin, JobAct.Delete, [id], "too short", CancellationToken.None)));
        Assert.Equal(new ActOutcome.Refused("admin.jobs.refused.gone"), await ActAsync(acts => acts.ChangeAsync(_admin, JobAct.Retry, [999_999], Reason, CancellationToken.None)));
        Assert.Equal(new ActOutcome.Refused("admin.jobs.refused.tab"), await ActAsync(acts => acts.ChangeAllAsync(_admin, JobAct.Delete, new JobFilter(JobTab.Done), 1, Reason, CancellationToken.None)));
        Assert.Equal(("Failed", 1), (await StateAsync(id), await _database.ScalarAsync<long>("SELECT count(*) FROM hangfire.job")));
        Assert.Equal(0, await _database.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE action LIKE 'job.%'"));
    }

    [Fact]
    [Trait(Tiers.Name, Tiers.Proof)]
    public async Task A_Hundred_Thousand_Jobs_Are_Deleted_While_The_Page_Stays_Quick()
    {
        await FlowSeed.FillAsync(_database);
        await _database.ExecuteAsync("UPDATE hangfire.job SET statename = 'Failed' WHERE statename = 'Succeeded'");
        await _database.ExecuteAsync("ANALYZE hangfire.job");
        var (jobs, filter) = (_portal.Services.GetRequiredService<JobQueries>(), new JobFilter(JobTab.Stopped));
        var matched = await jobs.MatchingAsync(filter, int.MaxValue, CancellationToken.None);
        var through = await _database.ScalarAsync<long>("SELECT max(id) FROM hangfire.job");
        await using var scope = _portal.Services.CreateAsyncScope();

        var work = Task.Run(() => scope.ServiceProvider.GetRequiredService<ChangeJobsJob>()
            .RunAsync("Delete", "stopped", null, null, through, matched, null, CancellationToken.None));
        var slowest = TimeSpan.Zero;
        var looks = 0;
        while (!work.IsCompleted)
        {
            var started = Stopwatch.GetTimestamp();
            await jobs.CountsAsync(CancellationToken.None);
            await jobs.ListAsync(filter, CancellationToken.None);
            (slowest, looks) = (TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(started).Ticks)), looks + 1);
        }

        Assert.Equal((97_800, 97_800), (matched, await work));
        Assert.Equal((0, 97_800), (await jobs.MatchingAsync(filter, int.MaxValue, CancellationToken.None), await _database.ScalarAsync<long>("SELECT count(*) FROM hangfire.job WHERE statename = 'Deleted' AND expireat > now()")));
        Assert.True(looks > 3, $"{looks} looks, the slowest took {slowest}.");
    }

    private static readonly Guid s_subject = Guid.NewGuid();

    private JobStorage Storage => _portal.Services.GetRequiredService<JobStorage>();

    private static FailedState Failed() => new(new TimeoutException("Ring did not answer"));

    private long Hand(IState state) => Hand(state, job => job.RunAsync(s_subject, CancellationToken.None));

    /// <summary>A job in that state; one that fails is put off by Hangfire until its tries are used up.</summary>
    private long Hand(IState state, System.Linq.Expressions.Expression<Func<FinishLinkJob, Task>> call)
    {
        var client = _portal.Services.GetRequiredService<IBackgroundJobClient>();
        var id = client.Create(Job.FromExpression(call), state);
        for (var tries = 0; tries < 12 && Storage.GetMonitoringApi().JobDetails(id).History[0].StateName != state.Name; tries++)
        {
            client.ChangeState(id, state);
        }

        return long.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<string> StateAsync(long id) => _database.ScalarAsync<string>($"SELECT statename FROM hangfire.job WHERE id = {id}");

    private async Task<ActOutcome> ActAsync(Func<JobActs, Task<ActOutcome>> act)
    {
        await using var scope = _portal.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<JobActs>());
    }

    private async Task<AuditRecord> RecordAsync(string action)
    {
        await using var context = _database.CreateContext();
        return await context.AuditRecords.SingleAsync(record => record.Action == action);
    }

    private static DateTime? EnqueuedAt(IDictionary<string, string> data) => JobHelper.DeserializeNullableDateTime(data["EnqueuedAt"]);
}
