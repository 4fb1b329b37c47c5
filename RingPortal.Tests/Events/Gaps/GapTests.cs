using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Events;
using RingPortal.Tests.Events.History;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Tests.Webhooks.Dispatch;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Events;
using RingPortal.Web.Features.Events.Gaps;

namespace RingPortal.Tests.Events.Gaps;

/// <summary>After an outage that Ring's repeats do not bridge: what is listed, filled, shown, and told to operators.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class GapTests(HistoryWorld world) : IClassFixture<HistoryWorld>
{
    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    [Fact]
    public async Task After_Seventy_Three_Minutes_Every_Camera_That_Was_Shared_Has_A_Gap()
    {
        var (home, removed, later) = (await world.HouseholdAsync(), await world.HouseholdAsync(), await world.HouseholdAsync());
        await world.Database.ExecuteAsync($"UPDATE devices SET removed_at = now() WHERE id = '{removed.Device}'");
        await world.Database.ExecuteAsync($"UPDATE ring_tokens SET received_at = now() - interval '30 minutes' WHERE id = '{later.Link}'");

        await OutageAsync(TimeSpan.FromMinutes(72));
        Assert.Empty(await GapsAsync(home));
        await OutageAsync(TimeSpan.FromHours(3));
        await OutageAsync(TimeSpan.Zero);

        var gap = Assert.Single(await GapsAsync(home));
        Assert.Equal(("outage", EventGapState.Open, 0), (gap.Cause, gap.State, gap.Attempts));
        Assert.InRange(gap.ToAt - gap.FromAt, TimeSpan.FromMinutes(179), TimeSpan.FromMinutes(182));
        Assert.Empty(await GapsAsync(removed));
        // Connected in the middle of it.
        Assert.InRange(Assert.Single(await GapsAsync(later)) is var young ? young.ToAt - young.FromAt : default, TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(32));
        await world.Database.ExecuteAsync("DELETE FROM event_gaps");
    }

    [Fact]
    public async Task A_Gap_Is_Filled_Counted_And_Gone_From_The_Timeline()
    {
        var home = await world.HouseholdAsync();
        await world.DeliverAsync(home, "button_press", _now.AddHours(-2));
        world.Server.Put(home.RingDevice,
            new ToldEvent("after", "ding", _now.AddMinutes(-10)),
            new ToldEvent("lost", "motion", _now.AddHours(-1), Motion: "human"), new ToldEvent("known", "ding", _now.AddHours(-2).AddMilliseconds(300)),
            new ToldEvent("lost too", "ding", _now.AddHours(-3)), new ToldEvent("before", "ding", _now.AddHours(-5)), new ToldEvent("long before", "ding", _now.AddHours(-6)));
        await ListAsync(home, _now.AddHours(-4), _now.AddMinutes(-20));
        Assert.Equal(new TimelineGap(_now.AddHours(-4), _now.AddMinutes(-20), IsBeingFilled: true), Assert.Single((await ViewAsync(home)).Gaps));

        await world.FillAsync();

        var gap = await world.GapAsync(home);
        Assert.Equal((EventGapState.Filled, 3, 2, 1, null), (gap.State, gap.Found, gap.Filled, gap.Attempts, gap.LastError));
        var view = await ViewAsync(home);
        Assert.Empty(view.Gaps);
        Assert.Equal(["after", "lost", "known", "lost too", "before", "long before"], (await world.EventsAsync(home)).Select(entry => entry.HistoryId));
        await world.FillAsync();
        Assert.Equal(1, (await world.GapAsync(home)).Attempts);
    }

    [Fact]
    public async Task A_Gap_That_Takes_Many_Pages_Goes_On_Where_It_Stopped()
    {
        var home = await world.HouseholdAsync();
        world.Server.Put(home.RingDevice, Enumerable.Range(0, 700).Select(number => new ToldEvent($"p{number}", "ding", _now.AddSeconds(-60 - (number * 10)))));
        await ListAsync(home, _now.AddHours(-1.9), _now.AddHours(-1));

        await world.FillAsync();

        Assert.Equal(EventGapState.Filled, (await world.GapAsync(home)).State);
        // Twenty pages, and the rest without the first ones again.
        Assert.Equal(28, world.Server.Asked(home.RingDevice).Count);
        Assert.Single(world.Server.Asked(home.RingDevice), query => query.Length == 0);
    }

    [Fact]
    public async Task What_Ring_Does_Not_Tell_Is_Asked_For_Later_And_Later_And_Then_Stays_Visible_With_Its_Reason()
    {
        var home = await world.HouseholdAsync();
        world.Server.Odd[home.RingDevice] = (http, _) => http.AnswerAsync(403, "{}");
        await ListAsync(home, _now.AddHours(-4), _now.AddHours(-1));
        var pauses = new List<TimeSpan>();
        for (var attempt = 1; attempt <= GapFiller.MostAttempts; attempt++)
        {
            await world.FillAsync();
            var gap = await world.GapAsync(home);
            Assert.Equal((attempt, "Forbidden"), (gap.Attempts, gap.LastError));
            pauses.Add((gap.NextAttemptAt ?? DateTimeOffset.MaxValue) - DateTimeOffset.UtcNow);
            await world.Database.ExecuteAsync($"UPDATE event_gaps SET next_attempt_at = now() WHERE device_id = '{home.Device}' AND next_attempt_at IS NOT NULL");
        }

        Assert.Equal(EventGapState.GivenUp, (await world.GapAsync(home)).State);
        var minutes = pauses.ConvertAll(pause => Math.Round(pause.TotalMinutes));
        Assert.Equal(minutes.Order(), minutes);
        Assert.InRange(pauses[0], TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        Assert.InRange(pauses[^2], TimeSpan.FromHours(5.9), TimeSpan.FromHours(6));
        Assert.False(Assert.Single((await ViewAsync(home)).Gaps).IsBeingFilled);
        var asked = world.Server.Asked(home.RingDevice).Count;
        await world.FillAsync();
        Assert.Equal(asked, world.Server.Asked(home.RingDevice).Count);

        world.Server.Odd.Remove(home.RingDevice);
        world.Server.Put(home.RingDevice, new ToldEvent("a", "ding", _now.AddHours(-2)));
        var staff = await StaffOnDuty.CreateAsync(world.Database);
        Assert.Equal(new ActOutcome.Done(1), await world.AskAsync((GapDesk desk) => desk.FillAgainAsync(staff.Person, _now.AddHours(-1), "Ring is back", CancellationToken.None)));
        await world.FillAsync();
        Assert.Equal((EventGapState.Filled, 1), ((await world.GapAsync(home)).State, (await world.GapAsync(home)).Filled));
        Assert.Equal(1, await world.Database.ScalarAsync<long>("SELECT count(*) FROM audit_records WHERE action = 'gap.again'"));
    }

    [Fact]
    public async Task Operators_See_Outages_And_Get_The_Text_For_Ring_While_Ring_Keeps_The_Deliveries()
    {
        var (one, other) = (await world.HouseholdAsync(), await world.HouseholdAsync());
        var (from, to) = (_now.AddHours(-9).AddSeconds(-17), _now.AddHours(-5).AddSeconds(-17));
        foreach (var home in new[] { one, other })
        {
            await ListAsync(home, from, to);
            world.Server.Put(home.RingDevice, new ToldEvent("a", "ding", _now.AddHours(-6)));
        }

        world.Server.Odd[other.RingDevice] = (http, _) => http.AnswerAsync(503);
        await world.FillAsync();

        var queries = world.First.Services.GetRequiredService<GapQueries>();
        await ListAsync(one, from.AddDays(-1), to.AddDays(-1));
        var outages = await queries.OutagesAsync(CancellationToken.None);
        Assert.Equal(await world.Database.ScalarAsync<long>("SELECT count(*) FROM (SELECT DISTINCT to_at, cause FROM event_gaps) AS outages"), outages.Count);
        Assert.Equal(outages.OrderByDescending(outage => outage.To), outages);
        var outage = Assert.Single(outages, outage => outage.To == to);
        Assert.Equal(new GapOutage(from, to, "outage", Open: 1, Filled: 1, GivenUp: 0, Found: 1, Missing: 1), outage);
        var rows = await queries.CamerasAsync(to, 0, CancellationToken.None);
        Assert.Equal([(other.Device, "Unavailable"), (one.Device, null)], rows.Select(row => (row.DeviceId, row.LastError)));
        var letter = queries.Letter(outage)!;
        Assert.Contains("/ring/webhook", letter.Text, StringComparison.Ordinal);
        Assert.Contains($"{from:yyyy-MM-dd HH:mm:ss} UTC", letter.Text, StringComparison.Ordinal);
        Assert.InRange(letter.Left, TimeSpan.FromHours(66), TimeSpan.FromHours(67));
        Assert.Null(queries.Letter(outage with { To = _now.AddHours(-73) }));
        await SettledElsewhereAsync(other);
        await world.Database.ExecuteAsync($"DELETE FROM event_gaps WHERE device_id = '{one.Device}' AND to_at < now() - interval '24 hours'");
    }

    [Fact]
    public async Task An_Operator_Lists_What_The_Portal_Could_Not_Notice()
    {
        var home = await world.HouseholdAsync();
        var staff = await StaffOnDuty.CreateAsync(world.Database);

        var outcome = await world.AskAsync((GapDesk desk) => desk.ListAsync(staff.Person, _now.AddHours(-4), _now.AddHours(-3), "the webhook had a wrong key", CancellationToken.None));
        Assert.InRange(Assert.IsType<ActOutcome.Done>(outcome).Count, 1, 100);

        Assert.Equal("operator", Assert.Single(await GapsAsync(home)).Cause);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => world.AskAsync((GapDesk desk) => desk.ListAsync(staff.Person, _now, _now, "", CancellationToken.None)));
        await world.Database.ExecuteAsync("DELETE FROM event_gaps WHERE cause = 'operator'");
    }

    [Fact]
    public async Task Gap_And_History_Go_With_Their_Camera_And_A_Gap_With_The_Events_Of_Its_Time()
    {
        var (home, other) = (await world.HouseholdAsync(), await world.HouseholdAsync(days: 90));
        world.Server.Put(home.RingDevice, new ToldEvent("a", "ding", _now.AddHours(-2)));
        await world.NewestAsync(home);
        await ListAsync(home, _now.AddHours(-4), _now.AddHours(-1));
        await ListAsync(other, _now.AddDays(-62), _now.AddDays(-61));

        await world.AskAsync(async (Web.Features.Pruning.PruneJob job) =>
        {
            await job.RunAsync(CancellationToken.None);
            return true;
        });
        Assert.Empty(await GapsAsync(other));
        Assert.Single(await GapsAsync(home));

        await world.Database.ExecuteAsync($"DELETE FROM devices WHERE id = '{home.Device}'");
        Assert.Equal(0, await world.Database.ScalarAsync<long>(
            $"SELECT (SELECT count(*) FROM event_gaps WHERE device_id = '{home.Device}') + (SELECT count(*) FROM device_histories WHERE device_id = '{home.Device}') + (SELECT count(*) FROM device_events WHERE device_id = '{home.Device}')"));
    }

    /// <summary>Nobody was at work for so long, and then somebody is again.</summary>
    private async Task OutageAsync(TimeSpan length)
    {
        await world.Database.ExecuteAsync($"INSERT INTO service_marks (name, at) VALUES ('at work', now() - interval '{length.TotalSeconds} seconds') ON CONFLICT (name) DO UPDATE SET at = excluded.at");
        await world.AskAsync(async (OutageWatch watch) =>
        {
            await watch.LookAsync(CancellationToken.None);
            return true;
        });
    }

    private async Task ListAsync(Household home, DateTimeOffset from, DateTimeOffset to)
    {
        await using var context = world.Database.CreateContext();
        context.EventGaps.Add(new EventGap { DeviceId = home.Device, FromAt = from, ToAt = to, Cause = "outage", ListedAt = _now, NextAttemptAt = _now });
        await context.SaveChangesAsync();
    }

    /// <summary>So that the job of another test has nothing to do with it.</summary>
    private Task<int> SettledElsewhereAsync(Household home) => world.Database.ExecuteAsync($"DELETE FROM event_gaps WHERE device_id = '{home.Device}'");

    private async Task<IReadOnlyList<EventGap>> GapsAsync(Household home)
    {
        await using var context = world.Database.CreateContext();
        return await context.EventGaps.AsNoTracking().Where(gap => gap.DeviceId == home.Device).ToListAsync();
    }

    private Task<TimelineView> ViewAsync(Household home) => world.First.Services.GetRequiredService<EventQueries>().TimelineAsync(home.User, TimelineFilter.All, CancellationToken.None);
}
