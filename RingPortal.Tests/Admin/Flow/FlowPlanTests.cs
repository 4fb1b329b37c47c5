using Npgsql;
using RingPortal.Data.Tokens;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin.Arrivals;
using RingPortal.Web.Features.Admin.Jobs;
using RingPortal.Web.Features.Admin.Pool;

namespace RingPortal.Tests.Admin.Flow;

/// <summary>Plans of what the pages of pool, arrivals and jobs ask again and again: none reads a whole big table.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
[Collection(FlowGroup.Name)]
public sealed class FlowPlanTests(FlowWorld world)
{
    private const string Frequent = "FinishLinkJob";

    private static readonly string[] s_big = ["ring_tokens", "webhook_inbox", "arrivals", "teardowns", "job", "state", "jobparameter", "jobqueue"];

    [Fact]
    public async Task The_Pool_Is_Read_By_Index()
    {
        var (now, first) = (DateTimeOffset.UtcNow, Guid.CreateVersion7(DateTimeOffset.UtcNow.AddHours(-3)));
        await NoWholeTableAsync(PoolQueries.FiguresSql, ("day_ago", now.AddDays(-1)), ("first", first), ("midnight", now.AddHours(-6)));
        await NoWholeTableAsync(PoolQueries.AgesSql, ("now", now), ("oldest", 30));
        await NoWholeTableAsync(PoolQueries.HistorySql, ("now", now), ("since", now.AddHours(-2)), ("first", first));
        await NoWholeTableAsync(PoolQueries.CountsSql, ("states", Enum.GetValues<RingTokenState>().Select(state => state.Name()).ToArray()));
        foreach (var tab in PoolTabs.All)
        {
            await NoWholeTableAsync(PoolQueries.LinksSql, ("states", tab.States().Select(state => state.Name()).ToArray()), ("before", Guid.AllBitsSet), ("now", now), ("take", 51));
        }
    }

    [Fact]
    public async Task Arrivals_Are_Read_By_Index()
    {
        var (now, place) = (DateTimeOffset.UtcNow, new ArrivalPlace(DateTimeOffset.UtcNow.AddHours(-3), Guid.NewGuid()));
        ArrivalFilter[] filters =
        [
            new(), new(Before: place), new(Route: "link"), new(Route: "webhook"), new(Verdict: "invalid_signature"), new(Verdict: "accepted"),
            new(Route: "webhook", Verdict: "invalid_signature"), new(From: now.AddHours(-2), To: now.AddHours(-1)), new(Route: "token", From: now.AddHours(-2), Before: place),
        ];
        foreach (var filter in filters)
        {
            await NoWholeTableAsync(ArrivalQueries.ListSql(filter), Values(filter, ("take", 51)));
            await NoWholeTableAsync(ArrivalQueries.NewerSql(filter), Values(filter with { Before = null }, ("take", 1000), ("top_at", now.AddMinutes(-1)), ("top_id", Guid.NewGuid())));
        }
    }

    [Fact]
    public async Task Jobs_Are_Read_By_Index()
    {
        await NoWholeTableAsync(JobQueries.CountsSql, ("states", JobTabs.All.SelectMany(tab => tab.States()).Distinct().ToArray()));
        foreach (var tab in JobTabs.All.Where(JobTabs.IsList))
        {
            foreach (var match in new JobMatch[] { new(tab), new(tab, "PruneJob"), new(tab, Frequent), new(tab, null, 5), new(tab, null, null, [Guid.NewGuid(), Guid.NewGuid()]) })
            {
                await NoWholeTableAsync(JobQueries.ListSql(match), match, ("before", long.MaxValue), ("take", 51));
                // Where nearly all match, a count that ends at 10,001 reads about as many rows, by index or not.
                if (match.Type != Frequent)
                {
                    await NoWholeTableAsync(JobQueries.MatchingSql(match), match, ("most", 10_001));
                }
            }
        }

        await NoWholeTableAsync(TimetableQueries.RunsSql, ("names", new[] { "clean-up-pool", "prune" }), ("runs", 20));
        await NoWholeTableAsync(TimetableQueries.FiguresSql, ("told", 2_000));
        await NoWholeTableAsync(JobSearch.BelongingsSql, ("email", "C@D.EXAMPLE"), ("account", "ava1.ring.account.1"));
    }

    [Theory]
    [InlineData("Stopped", "Failed", "Retry")]
    [InlineData("Retrying", "Scheduled", "Retry")]
    [InlineData("Waiting", "Enqueued", "Delete")]
    public async Task A_Chunk_Of_An_Act_On_Many_Jobs_Finds_Them_By_Index(string tab, string state, string act)
    {
        var match = new JobMatch(Enum.Parse<JobTab>(tab));
        await using var command = world.Database.Source.CreateCommand($"EXPLAIN {ChangeJobsJob.ChunkSql(Enum.Parse<JobAct>(act), match)}");
        match.Fill(command);
        JobChange.Fill(command, Enum.Parse<JobAct>(act), ChangeJobsJob.Chunk, DateTimeOffset.UtcNow);
        command.Parameters.AddWithValue("state", state);
        command.Parameters.AddWithValue("after", 0L);
        command.Parameters.AddWithValue("through", 100_000L);

        // Behind the chunk, whose size the planner cannot know, a small table may be read whole; the jobs themselves never.
        var plan = await PlanAsync(command);

        Assert.DoesNotContain("Seq Scan on job ", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on state", plan, StringComparison.Ordinal);
    }

    private async Task NoWholeTableAsync(string sql, JobMatch match, params (string Name, object Value)[] values)
    {
        await using var command = world.Database.Source.CreateCommand($"EXPLAIN {sql}");
        match.Fill(command);
        await NoWholeTableAsync(command, sql, values);
    }

    private async Task NoWholeTableAsync(string sql, params (string Name, object Value)[] values)
    {
        await using var command = world.Database.Source.CreateCommand($"EXPLAIN {sql}");
        await NoWholeTableAsync(command, sql, values);
    }

    private static async Task NoWholeTableAsync(NpgsqlCommand command, string sql, (string Name, object Value)[] values)
    {
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        var plan = await PlanAsync(command);
        Assert.False(s_big.Any(table => plan.Contains($"Seq Scan on {table} ", StringComparison.Ordinal)), $"{sql}\n\n{plan}");
    }

    private static async Task<string> PlanAsync(NpgsqlCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private static (string, object)[] Values(ArrivalFilter filter, params (string, object)[] more)
    {
        var values = new List<(string, object)>(more);
        Add("route", filter.Route);
        Add("verdict", filter.Verdict);
        Add("from", filter.From);
        Add("to", filter.To);
        Add("before_at", filter.Before?.At);
        Add("before_id", filter.Before?.Id);
        return [.. values];

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                values.Add((name, value));
            }
        }
    }
}
