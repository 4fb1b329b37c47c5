using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Events;
using RingPortal.Simulator.Deliveries;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.History;
using RingPortal.Tests.Devices;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Events.Gaps;
using RingPortal.Web.Features.Events.History;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Events.History;

/// <summary>From Ring's event history over HTTP to what the household sees, by the simulator's own strict rules.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class HistoryToHouseholdTests(CameraWorld world) : IClassFixture<CameraWorld>
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(60);
    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_Household_Reads_Back_To_Its_Consent_Whatever_Is_Odd_About_The_Pages(bool asText, bool alwaysNext)
    {
        world.Links.Ring.Settings.History = new HistorySettings { PageSize = 10, NumericStrings = asText, AlwaysNext = alwaysNext, ConsentedSince = _now.AddDays(-5) };
        var (person, doorbell, device) = await LongLinkedAsync(days: 5);
        var kinds = new[] { "human", "vehicle", "animal", "other_motion", null };
        foreach (var number in Enumerable.Range(0, 45))
        {
            world.Links.Ring.History.Add(person.Ring.Key, doorbell, number % 3 == 0 ? "ding" : "motion", _now.AddHours(-1 - (number * 3)), subType: number % 3 == 0 ? null : kinds[number % 5]);
        }

        world.Links.Ring.History.Add(person.Ring.Key, doorbell, "ding", _now.AddDays(-6));
        await RefreshAsync(person, new HistoryWish([device], TimeSpan.Zero, DateTimeOffset.MinValue));
        for (var round = 0; round < 5; round++)
        {
            await RefreshAsync(person, new HistoryWish([device], null, DateTimeOffset.MinValue));
        }

        // Five days and a bit more than an event in three hours: what is older than the consent is not told.
        var told = await EventsAsync(device);
        Assert.Equal(40, told.Count);
        Assert.All(told, entry => Assert.True(entry.EndedAt > entry.OccurredAt));
        string?[] expected = [.. Enumerable.Range(0, 40).Select(number => number % 3 == 0 ? null : kinds[number % 5] is "human" or "vehicle" or "animal" ? kinds[number % 5] : "motion")];
        Assert.Equal(expected, told.Select(entry => entry.SubType));
        await using var context = world.Links.Database.CreateContext();
        Assert.True((await context.DeviceHistories.SingleAsync(history => history.DeviceId == device)).IsComplete);
    }

    [Fact]
    public async Task After_An_Outage_Events_Are_Missing_Shown_As_A_Gap_Filled_In_And_Never_Doubled()
    {
        world.Links.Ring.Settings.History = new HistorySettings { ConsentedSince = _now.AddDays(-2) };
        var (person, doorbell, device) = await LongLinkedAsync(days: 2);
        var ring = world.Links.Ring;
        var reachable = ring.Settings.Webhooks;
        ring.Settings.Webhooks = reachable with { Unreachable = true };
        var dead = ring.Deliveries.Count(fate: DeliveryFate.DeadLetter);
        foreach (var minutes in new[] { 30, 100, 170 })
        {
            ring.Events.Motion(person.Ring.Key, doorbell, MotionKind.Human, new EventOptions { Timestamp = _now.AddMinutes(-minutes).ToUnixTimeMilliseconds() });
        }

        ring.Events.Press(person.Ring.Key, doorbell, new EventOptions { Timestamp = _now.AddMinutes(-120).ToUnixTimeMilliseconds() });
        await Eventually.TrueAsync(() => ring.Deliveries.Count(fate: DeliveryFate.DeadLetter) == dead + 4, s_soon, "Ring has given up");
        ring.Settings.Webhooks = reachable;
        Assert.Empty(await EventsAsync(device));

        await AskAsync(async (OutageWatch watch) =>
        {
            await world.Links.Database.ExecuteAsync("INSERT INTO service_marks (name, at) VALUES ('at work', now() - interval '3 hours') ON CONFLICT (name) DO UPDATE SET at = excluded.at");
            await watch.LookAsync(CancellationToken.None);
        });
        await Eventually.TrueAsync(async () => await world.Links.Database.ScalarAsync<long>($"SELECT count(*) FROM event_gaps WHERE device_id = '{device}'") == 1, s_soon, "the gap is listed");
        // The timetable's own job may be at it already; either way the page never says that all is well.
        var before = await person.Browser.OpenAsync($"/devices/{device}?tab=events");
        Assert.True(before.Text.Contains("may be missing. We are filling them in.", StringComparison.Ordinal) || (await EventsAsync(device)).Count > 0, before.Text);

        await world.Links.Database.ExecuteAsync("UPDATE event_gaps SET next_attempt_at = now() WHERE settled_at IS NULL AND attempts = 0");
        await AskAsync((FillGapsJob job) => job.RunAsync(CancellationToken.None));
        await Eventually.TrueAsync(async () => (await HistoryWorld.GapAsync(world.Links.Database, device)).State is EventGapState.Filled, s_soon, "the gap is filled");

        var gap = await HistoryWorld.GapAsync(world.Links.Database, device);
        Assert.Equal((4, 4), (gap.Found, gap.Filled));
        var filled = await EventsAsync(device);
        Assert.Equal([("human", EventOrigin.History), ("human", EventOrigin.History), (null, EventOrigin.History), ("human", EventOrigin.History)], filled.Select(entry => (entry.SubType, entry.Origin)));
        var after = await person.Browser.OpenAsync($"/devices/{device}?tab=events");
        Assert.DoesNotContain("may be missing", after.Text, StringComparison.Ordinal);
        Assert.Equal(4, after.Document.QuerySelectorAll("a.rp-event").Length);

        // Ring sends again what it could not deliver: the same entries.
        ring.ReplayAll();
        await Eventually.TrueAsync(async () => (await EventsAsync(device)).All(entry => entry.Origin is EventOrigin.Both), s_soon, "deliveries and history are one");
        Assert.Equal(filled.Select(entry => entry.Id), (await EventsAsync(device)).Select(entry => entry.Id));
    }

    [Fact]
    public async Task A_Page_That_Leads_Elsewhere_Is_Not_Followed()
    {
        var (person, doorbell, device) = await LongLinkedAsync(days: 1);
        world.Links.Ring.History.Add(person.Ring.Key, doorbell, "ding");
        world.Links.Ring.Settings.History = new HistorySettings { PageSize = 1, RawNext = "https://evil.example/v1/history/devices/{device}/events?page[key]=x" };

        await RefreshAsync(person, new HistoryWish([device], TimeSpan.Zero, DateTimeOffset.MinValue));

        Assert.Empty(await EventsAsync(device));
        Assert.DoesNotContain(world.Links.Portal.Logs.Lines, line => line.Contains("evil.example", StringComparison.Ordinal));
    }

    /// <summary>A person whose connection is that old; their doorbell, at Ring and here.</summary>
    private async Task<(LinkedPerson Person, string Doorbell, Guid Device)> LongLinkedAsync(int days)
    {
        var person = await world.LinkAsync();
        await world.Links.Database.ExecuteAsync($"UPDATE ring_tokens SET received_at = received_at - interval '{days} days' WHERE id = '{person.Link}'");
        var doorbell = person.Ring.Account.Devices[0].Id;
        return (person, doorbell, (await world.DevicesAsync(person)).Single(camera => camera.RingDeviceId == doorbell).Id);
    }

    private Task<bool> RefreshAsync(LinkedPerson person, HistoryWish wish) =>
        world.Links.Portal.Services.GetRequiredService<HistoryRefresh>().RefreshAsync(person.UserId, wish, RingPriority.Interactive, CancellationToken.None);

    private async Task AskAsync<TService>(Func<TService, Task> ask)
        where TService : notnull
    {
        await using var scope = world.Links.Portal.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        await ask(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private async Task<IReadOnlyList<DeviceEvent>> EventsAsync(Guid device)
    {
        await using var context = world.Links.Database.CreateContext();
        return await context.DeviceEvents.AsNoTracking().Where(entry => entry.DeviceId == device).OrderByDescending(entry => entry.OccurredAt).ToListAsync();
    }
}
