using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin.Arrivals;
using RingPortal.Web.Features.Admin.Jobs;
using RingPortal.Web.Features.Admin.Pool;

namespace RingPortal.Tests.Admin.Flow;

/// <summary>What the pages of pool, arrivals and jobs say of <see cref="FlowSeed"/>.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
[Collection(FlowGroup.Name)]
public sealed class FlowQueriesTests(FlowWorld world)
{
    [Fact]
    public async Task The_Pool_Is_Told_In_Figures_Ages_And_A_History()
    {
        var pool = world.Get<PoolQueries>();

        var figures = await pool.FiguresAsync(CancellationToken.None);
        var (ages, history) = (await pool.AgesAsync(CancellationToken.None), await pool.HistoryAsync(CancellationToken.None));

        Assert.Equal((200, TimeSpan.FromMinutes(1)), (figures.Size, figures.ClaimedWithin));
        Assert.InRange(DateTimeOffset.UtcNow - figures.Oldest!.Value, TimeSpan.FromMinutes(66), TimeSpan.FromMinutes(76));
        Assert.Equal((31, 200, 30), (ages.Count, ages.Sum(age => age.Count), ages[^1].Minutes));
        // Three a minute, but for those since the rows were laid out.
        Assert.Equal(3, ages[20].Count);
        Assert.Equal(25, history.Count);
        Assert.InRange(history[^1].Size, 195, 200);
        Assert.True(history.Zip(history.Skip(1)).All(pair => pair.First.At < pair.Second.At));
    }

    [Fact]
    public async Task Installations_Are_Counted_And_Paged_By_State()
    {
        var pool = world.Get<PoolQueries>();

        var counts = await pool.CountsAsync(CancellationToken.None);
        var first = await pool.LinksAsync(PoolTab.Unclaimed, null, CancellationToken.None);
        var second = await pool.LinksAsync(PoolTab.Unclaimed, first.Rows[^1].Id, CancellationToken.None);
        var relink = await pool.LinksAsync(PoolTab.Relink, null, CancellationToken.None);

        Assert.Equal((200, 200, 199, 10_001, 0), (counts[PoolTab.Unclaimed], counts[PoolTab.Relink], counts[PoolTab.Connecting], counts[PoolTab.Active], counts[PoolTab.Arriving]));
        Assert.Equal((50, true, 50), (first.Rows.Count, first.HasOlder, second.Rows.Count));
        Assert.Empty(first.Rows.Select(row => row.Id).Intersect(second.Rows.Select(row => row.Id)));
        Assert.True(first.Rows.Zip(first.Rows.Skip(1)).All(pair => pair.First.ReceivedAt > pair.Second.ReceivedAt));
        Assert.All(relink.Rows, row => Assert.Equal(RingTokenState.ReauthRequired, row.State));
        var detail = await pool.LinkAsync(relink.Rows[0].Id, CancellationToken.None);
        Assert.Equal(relink.Rows[0], detail!.Link);
        Assert.Null(await pool.LinkAsync(Guid.NewGuid(), CancellationToken.None));
    }

    [Fact]
    public async Task Arrivals_And_Accepted_Deliveries_Are_One_List()
    {
        var arrivals = world.Get<ArrivalQueries>();

        var all = await arrivals.ListAsync(new ArrivalFilter(), CancellationToken.None);
        var older = await arrivals.ListAsync(new ArrivalFilter(Before: new ArrivalPlace(all.Rows[^1].At, all.Rows[^1].Id)), CancellationToken.None);
        var wrong = await arrivals.ListAsync(new ArrivalFilter("webhook", "invalid_signature"), CancellationToken.None);
        var held = await arrivals.ListAsync(new ArrivalFilter(Verdict: "quarantined"), CancellationToken.None);

        Assert.Contains(all.Rows, row => row.IsDelivery);
        Assert.Contains(all.Rows, row => !row.IsDelivery);
        Assert.Equal(all.Rows.OrderByDescending(row => row.At).Select(row => row.Id), all.Rows.Select(row => row.Id));
        Assert.Empty(all.Rows.Select(row => row.Id).Intersect(older.Rows.Select(row => row.Id)));
        Assert.True(older.Rows[0].At <= all.Rows[^1].At);
        Assert.NotEmpty(wrong.Rows);
        Assert.All(wrong.Rows, row => Assert.Equal(("webhook", "invalid_signature"), (row.Route, row.Verdict)));
        Assert.All(held.Rows, row => Assert.True(row.IsDelivery));
        Assert.Equal(10, await arrivals.CountNewerAsync(new ArrivalFilter(), new ArrivalPlace(all.Rows[10].At, all.Rows[10].Id), CancellationToken.None));
        Assert.Equal(1_000, await arrivals.CountNewerAsync(new ArrivalFilter(), null, CancellationToken.None));
        Assert.Equal(all.Rows[0].At, await arrivals.LastAsync(CancellationToken.None));
        // The last hour ends now, and not when the rows were laid out.
        await world.Database.ExecuteAsync(
            "INSERT INTO arrival_minutes (at, route, verdict, count) SELECT date_trunc('minute', now()) - n * interval '1 minute', 'webhook', 'accepted', 1 FROM generate_series(0, 60) n ON CONFLICT DO NOTHING");
        var minutes = await arrivals.MinutesAsync(new ArrivalFilter("webhook"), CancellationToken.None);
        Assert.InRange(minutes.Count, 59, 60);
        Assert.All(minutes, minute => Assert.Equal("webhook", minute.Route));
    }

    [Fact]
    public async Task Jobs_Are_Counted_Paged_And_Found()
    {
        var jobs = world.Get<JobQueries>();

        var counts = await jobs.CountsAsync(CancellationToken.None);
        var stopped = await jobs.ListAsync(new JobFilter(JobTab.Stopped), CancellationToken.None);
        var older = await jobs.ListAsync(new JobFilter(JobTab.Stopped, Before: stopped.Rows[^1].Id), CancellationToken.None);
        var subject = stopped.Rows[0].Subject!;

        Assert.Equal((0, 200, 2_000, 2_000, 10_001), (counts[JobTab.Running], counts[JobTab.Waiting], counts[JobTab.Retrying], counts[JobTab.Stopped], counts[JobTab.Done]));
        Assert.Equal((50, true, "TimeoutException", "SyncDevicesJob"), (stopped.Rows.Count, stopped.HasOlder, stopped.Rows[0].Error, stopped.Rows[0].Type));
        Assert.True(older.Rows[0].Id < stopped.Rows[^1].Id);
        Assert.Equal(stopped.Rows[0].Id, Assert.Single((await jobs.ListAsync(new JobFilter(JobTab.Stopped, Search: subject), CancellationToken.None)).Rows).Id);
        Assert.Single((await jobs.ListAsync(new JobFilter(JobTab.Stopped, Search: $"{stopped.Rows[0].Id}"), CancellationToken.None)).Rows);
        Assert.Empty((await jobs.ListAsync(new JobFilter(JobTab.Stopped, Search: "nobody@example.org"), CancellationToken.None)).Rows);
        Assert.All((await jobs.ListAsync(new JobFilter(JobTab.Done, "PruneJob"), CancellationToken.None)).Rows, row => Assert.Equal(("PruneJob", TimeSpan.FromMilliseconds(12)), (row.Type, row.Duration)));
        Assert.Equal(2_000, await jobs.MatchingAsync(new JobFilter(JobTab.Stopped), int.MaxValue, CancellationToken.None));
        var detail = await jobs.JobAsync(stopped.Rows[0].Id, CancellationToken.None);
        Assert.Equal((subject, "TimeoutException: too slow", "at X"), (Assert.Single(detail!.Arguments), detail.Moments[^1].Error, detail.Moments[^1].ErrorDetails));
        Assert.Null(await jobs.JobAsync(0, CancellationToken.None));
    }

    [Fact]
    public async Task What_Belongs_To_A_Person_Or_A_Ring_Account_Finds_Its_Jobs()
    {
        var (jobs, link) = (world.Get<JobQueries>(), await world.Database.ScalarAsync<Guid>("SELECT id FROM ring_tokens WHERE account_id = 'ava1.ring.account.307'"));
        await world.Database.ExecuteAsync(
            $$"""
            INSERT INTO hangfire.job (statename, invocationdata, arguments, createdat)
            VALUES ('Deleted', '{"Type": "RingPortal.Web.Jobs.FinishLinkJob, RingPortal.Web", "Method": "RunAsync"}', jsonb_build_array('"{{link}}"', null), now())
            """);

        foreach (var search in new[] { "ava1.ring.account.307", "c@d.example", $"{link}" })
        {
            Assert.Equal($"{link}", Assert.Single((await jobs.ListAsync(new JobFilter(JobTab.Done, Search: search), CancellationToken.None)).Rows).Subject);
        }
    }

    [Fact]
    public async Task Kinds_Of_Job_Are_Told_From_The_Last_That_Ended()
    {
        var kinds = await world.Get<TimetableQueries>().FiguresAsync(CancellationToken.None);

        var sync = kinds.Single(kind => kind.Type == "SyncDevicesJob");
        Assert.Equal((2_000, TimeSpan.FromMilliseconds(12)), (sync.Failed, sync.Median ?? kinds.Single(kind => kind.Type == "FinishLinkJob").Median));
        Assert.Equal(2_000, kinds.Sum(kind => kind.Succeeded));
        Assert.Equal(2_000, kinds.Sum(kind => kind.Retrying));
    }
}
