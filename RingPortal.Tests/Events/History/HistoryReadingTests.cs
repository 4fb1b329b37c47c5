using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Tests.Webhooks.Dispatch;
using RingPortal.Web.Features.Events;
using RingPortal.Web.Features.Events.History;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Events.History;

/// <summary>How far the history is read, where reading ends, and what is shown when Ring says nothing.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class HistoryReadingTests(HistoryWorld world) : IClassFixture<HistoryWorld>
{
    private readonly DateTimeOffset _noon = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddHours(-3).ToUnixTimeMilliseconds());

    [Fact]
    public async Task The_First_Look_Reads_A_Page_And_Asking_For_Older_Ones_Goes_On_To_The_End()
    {
        var home = await world.HouseholdAsync();
        world.Server.Put(home.RingDevice, Presses(130, TimeSpan.FromMinutes(10)));

        await world.NewestAsync(home);
        Assert.Equal(25, (await world.EventsAsync(home)).Count);
        Assert.False((await world.StateAsync(home)).IsComplete);

        await world.OlderAsync(home);
        Assert.Equal(100, (await world.EventsAsync(home)).Count);
        await world.OlderAsync(home);
        Assert.Equal(130, (await world.EventsAsync(home)).Count);
        Assert.True((await world.StateAsync(home)).IsComplete);

        Assert.Equal(6, world.Server.Asked(home.RingDevice).Count);
        await world.OlderAsync(home);
        Assert.Equal(6, world.Server.Asked(home.RingDevice).Count);
    }

    [Fact]
    public async Task A_Day_Is_Read_To_Its_Begin_And_No_Further()
    {
        var home = await world.HouseholdAsync();
        world.Server.Put(home.RingDevice, Presses(400, TimeSpan.FromHours(1)));
        await world.NewestAsync(home);

        await world.OlderAsync(home, _noon.AddHours(-80));

        Assert.Equal(100, (await world.EventsAsync(home)).Count);
        Assert.True((await world.StateAsync(home)).ReadFrom < _noon.AddHours(-80));
    }

    [Fact]
    public async Task What_Is_Older_Than_The_Consent_Or_Than_What_Is_Kept_Is_Neither_Asked_For_Nor_Written()
    {
        var (young, old) = (await world.HouseholdAsync(days: 2), await world.HouseholdAsync(days: 100));
        foreach (var home in new[] { young, old })
        {
            world.Server.Put(home.RingDevice, Presses(300, TimeSpan.FromHours(12)));
            await world.EverythingAsync(home);
        }

        Assert.Equal(4, (await world.EventsAsync(young)).Count);
        Assert.Single(world.Server.Asked(young.RingDevice));
        // Sixty days, two a day.
        Assert.Equal(120, (await world.EventsAsync(old)).Count);
        Assert.Equal(5, world.Server.Asked(old.RingDevice).Count);
    }

    [Fact]
    public async Task A_Hole_That_A_Long_Absence_Left_Is_Walked_From_Its_Newer_Side()
    {
        var home = await world.HouseholdAsync();
        var presses = Presses(400, TimeSpan.FromMinutes(20)).ToList();
        world.Server.Put(home.RingDevice, presses.Skip(300));
        await world.NewestAsync(home);
        await world.Database.ExecuteAsync($"UPDATE device_histories SET read_through = '{presses[300].Start:O}' WHERE device_id = '{home.Device}'");

        world.Server.Put(home.RingDevice, presses);
        await world.NewestAsync(home);
        // Eight pages, and the hole is not closed.
        Assert.Equal(225, (await world.EventsAsync(home)).Count);

        await world.EverythingAsync(home);
        Assert.Equal(400, (await world.EventsAsync(home)).Count);
    }

    [Fact]
    public async Task What_Is_New_Is_Read_Down_To_What_Is_Known_And_The_Old_End_Stays_Where_It_Was()
    {
        var home = await world.HouseholdAsync();
        var presses = Presses(100, TimeSpan.FromMinutes(1)).ToList();
        world.Server.Put(home.RingDevice, presses.Skip(30));
        await world.NewestAsync(home);
        var before = await world.StateAsync(home);
        await world.Database.ExecuteAsync($"UPDATE device_histories SET read_through = '{presses[30].Start:O}' WHERE device_id = '{home.Device}'");

        world.Server.Put(home.RingDevice, presses);
        await world.NewestAsync(home);

        var after = await world.StateAsync(home);
        Assert.Equal((before.ReadFrom, before.Trail, false), (after.ReadFrom, after.Trail, after.IsComplete));
        Assert.True(after.ReadThrough > before.ReadThrough);
        Assert.Equal(55, (await world.EventsAsync(home)).Count);
    }

    [Fact]
    public async Task A_Circle_A_Way_Forward_And_An_Empty_Page_That_Leads_On_Are_The_End()
    {
        var homes = new[] { await world.HouseholdAsync(), await world.HouseholdAsync(), await world.HouseholdAsync() };
        var pages = Presses(60, TimeSpan.FromMinutes(1)).Chunk(20).ToList();
        string Next(int home, string key) => $"/v1/history/devices/{homes[home].RingDevice}/events?page[key]={key}";
        // In a circle of two.
        world.Server.Odd[homes[0].RingDevice] = (http, number) => http.AnswerAsync(200, HistoryServer.Document(homes[0].RingDevice, pages[Math.Min(number - 1, 1)], Next(0, number % 2 == 0 ? "a" : "b")));
        // Back to the newest page under ever new names.
        world.Server.Odd[homes[1].RingDevice] = (http, number) => http.AnswerAsync(200, HistoryServer.Document(homes[1].RingDevice, number == 1 ? pages[1] : pages[0], Next(1, $"{number}")));
        world.Server.Odd[homes[2].RingDevice] = (http, number) => http.AnswerAsync(200, HistoryServer.Document(homes[2].RingDevice, number == 1 ? pages[0] : [], Next(2, $"{number}")));

        foreach (var home in homes)
        {
            await world.EverythingAsync(home);
            Assert.InRange(world.Server.Asked(home.RingDevice).Count, 2, 4);
        }

        var counts = await Task.WhenAll(homes.Select(async home => (await world.EventsAsync(home)).Count));
        Assert.Equal([40, 40, 20], counts);
    }

    [Fact]
    public async Task A_Page_Without_End_Stops_At_The_Cap_And_Goes_On_When_Asked_Again()
    {
        var home = await world.HouseholdAsync();
        world.Server.Odd[home.RingDevice] = (http, number) => http.AnswerAsync(200, HistoryServer.Document(
            home.RingDevice, [new ToldEvent($"e{number}", "ding", _noon.AddMinutes(-number))], $"/v1/history/devices/{home.RingDevice}/events?page[key]={number}"));

        await world.NewestAsync(home);
        await world.OlderAsync(home);
        Assert.Equal(4, world.Server.Asked(home.RingDevice).Count);

        await world.OlderAsync(home);
        Assert.Equal(7, (await world.EventsAsync(home)).Count);
        Assert.False((await world.StateAsync(home)).IsComplete);
    }

    [Fact]
    public async Task While_Ring_Is_Silent_What_We_Hold_Stays_And_The_Page_Says_So()
    {
        var home = await world.HouseholdAsync();
        world.Server.Put(home.RingDevice, Presses(3, TimeSpan.FromMinutes(1)));
        await world.NewestAsync(home);
        var readAt = (await world.StateAsync(home)).ReadAt;
        world.Server.Odd[home.RingDevice] = (http, _) => http.AnswerAsync(503);

        Assert.False(await world.NewestAsync(home));
        var silent = await HistoryAsync(home);
        Assert.Equal(3, silent.Entries.Count);
        Assert.Equal(readAt, silent.History.ReadAt);
        Assert.NotNull(silent.History.SilentSince);

        world.Server.Odd.Remove(home.RingDevice);
        Assert.True(await world.NewestAsync(home));
        Assert.Null((await HistoryAsync(home)).History.SilentSince);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Where_Ring_Refuses_Nothing_Older_Is_Promised_And_The_Next_Look_Asks_Again(int status)
    {
        var home = await world.HouseholdAsync();
        world.Server.Odd[home.RingDevice] = (http, _) => http.AnswerAsync(status, "{}");

        Assert.False(await world.NewestAsync(home));
        Assert.Equal((false, null), ((await HistoryAsync(home)).History.MayHaveOlder, (await HistoryAsync(home)).History.SilentSince));

        world.Server.Odd.Remove(home.RingDevice);
        world.Server.Put(home.RingDevice, Presses(30, TimeSpan.FromMinutes(1)));
        Assert.True(await world.NewestAsync(home));
        Assert.True((await HistoryAsync(home)).History.MayHaveOlder);
    }

    [Fact]
    public async Task A_Place_That_Ring_No_Longer_Knows_Is_Left_And_Reading_Begins_Anew()
    {
        var home = await world.HouseholdAsync();
        world.Server.Put(home.RingDevice, Presses(60, TimeSpan.FromMinutes(1)));
        await world.NewestAsync(home);
        await world.Database.ExecuteAsync($"UPDATE device_histories SET trail = replace(trail, 'page[key]=25', 'page[key]=gone') WHERE device_id = '{home.Device}'");

        Assert.False(await world.OlderAsync(home));
        await world.EverythingAsync(home);

        Assert.Equal(60, (await world.EventsAsync(home)).Count);
    }

    [Fact]
    public async Task Of_Several_Pages_That_Are_Opened_At_Once_One_Reads()
    {
        var home = await world.HouseholdAsync();
        world.Server.Put(home.RingDevice, Presses(3, TimeSpan.FromMinutes(1)));
        var wish = new HistoryWish([home.Device], HistoryRefresh.Fresh, Until: null);

        var read = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            (number % 2 == 0 ? world.First : world.Second).Services.GetRequiredService<HistoryRefresh>().RefreshAsync(home.User, wish, RingPriority.Interactive, CancellationToken.None)));

        Assert.Single(read, true);
        Assert.Single(world.Server.Asked(home.RingDevice));
        // A moment later it is still fresh, and a stranger has nothing to read.
        Assert.False(await RefreshAsync(home.User, wish));
        Assert.False(await RefreshAsync((await world.HouseholdAsync()).User, wish with { Age = TimeSpan.Zero }));
        Assert.True(await RefreshAsync(home.User, wish with { Age = TimeSpan.Zero }));
    }

    [Fact]
    public async Task What_The_History_Brings_Appears_In_The_Open_Piece_Where_It_Belongs()
    {
        var home = await world.HouseholdAsync();
        await world.DeliverAsync(home, "button_press", _noon);
        await world.DeliverAsync(home, "button_press", _noon.AddHours(-2));
        var window = new TimelineWindow(world.First.Services.GetRequiredService<EventQueries>());
        await window.LoadAsync(home.User, TimelineFilter.All, CancellationToken.None);
        Assert.Equal(2, window.View!.Entries.Count);

        world.Server.Put(home.RingDevice, new ToldEvent("above", "ding", _noon.AddHours(1)), new ToldEvent("among", "motion", _noon.AddHours(-1), Motion: "human"), new ToldEvent("below", "ding", _noon.AddHours(-3)));
        await world.NewestAsync(home);
        await window.LoadAsync(home.User, TimelineFilter.All, CancellationToken.None);

        Assert.Equal([_noon, _noon.AddHours(-1), _noon.AddHours(-2), _noon.AddHours(-3)], window.View.Entries.Select(entry => entry.OccurredAt));
        Assert.Equal(1, window.Newer);
    }

    private Task<bool> RefreshAsync(Guid user, HistoryWish wish) => world.First.Services.GetRequiredService<HistoryRefresh>().RefreshAsync(user, wish, RingPriority.Interactive, CancellationToken.None);

    private Task<TimelineView> HistoryAsync(Household home) => world.First.Services.GetRequiredService<EventQueries>().TimelineAsync(home.User, TimelineFilter.All, CancellationToken.None);

    /// <summary>The newest three hours ago, each so much older than the one before.</summary>
    private IEnumerable<ToldEvent> Presses(int count, TimeSpan apart) => Enumerable.Range(0, count).Select(number => new ToldEvent($"p{number}", "ding", _noon - (apart * number)));
}
