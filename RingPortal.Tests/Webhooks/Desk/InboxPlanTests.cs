using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Events;
using RingPortal.Web.Features.Webhooks.Desk;

namespace RingPortal.Tests.Webhooks.Desk;

/// <summary>The inbox as operators ask for it, on 60,000 deliveries after ANALYZE: no question reads the whole table.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class InboxPlanTests : IClassFixture<FullInbox>, IDisposable
{
    private readonly PlanRecorder _plans = new();
    private readonly ServiceProvider _services;
    private readonly TestDatabase _database;

    public InboxPlanTests(FullInbox inbox)
    {
        _database = inbox.Database;
        _services = inbox.Serve(_plans);
    }

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("", 50)]
    [InlineData("tab=done", 50)]
    [InlineData("tab=waiting", 29)]
    [InlineData("tab=parked", 50)]
    [InlineData("tab=stopped", 50)]
    [InlineData("tab=quarantine", 19)]
    [InlineData("type=device_removed", 50)]
    [InlineData("type=device_removed&tab=done", 0)]
    [InlineData("type=button_press&tab=stopped", 50)]
    [InlineData("type=never_heard_of", 0)]
    [InlineData("account=7", 50)]
    [InlineData("account=7&tab=parked&type=motion_detected", 2)]
    [InlineData("device=00000000-0000-7000-a000-000000000006", 50)]
    [InlineData("device=00000000-0000-7000-a000-000000009999", 0)]
    [InlineData("days=20-10", 50)]
    [InlineData("days=27-26&tab=stopped", 21)]
    public async Task No_Piece_Of_The_Inbox_Reads_The_Whole_Table(string address, int atLeast)
    {
        var filter = Filter(address);
        var queries = _services.GetRequiredService<InboxQueries>();

        var page = await queries.PageAsync(filter, null, null, CancellationToken.None);
        await queries.CountsAsync(filter, CancellationToken.None);
        if (page.Rows.Count > 0)
        {
            var older = await queries.PageAsync(filter, page.Rows[^1].Position, null, CancellationToken.None);
            var newer = await queries.PageAsync(filter, null, new TimelinePosition(DateTimeOffset.UtcNow.AddDays(-20), Guid.Empty), CancellationToken.None);
            Assert.Empty(older.Rows.Select(row => row.Id).Intersect(page.Rows.Select(row => row.Id)));
            Assert.Equal(newer.Rows.OrderByDescending(row => row.ReceivedAt), newer.Rows);
        }

        Assert.True(page.Rows.Count >= atLeast, $"{page.Rows.Count} rows");
        if (filter.Device is null || atLeast > 0)
        {
            _plans.AssertIndexed("webhook_inbox");
        }
    }

    [Fact]
    public async Task Pages_Follow_One_Another_Without_A_Hole_In_Both_Directions()
    {
        var (queries, filter) = (_services.GetRequiredService<InboxQueries>(), new InboxFilter(InboxTab.Parked));
        var down = new List<InboxRow>();
        var page = await queries.PageAsync(filter, null, null, CancellationToken.None);
        Assert.False(page.HasNewer);
        while (true)
        {
            down.AddRange(page.Rows);
            if (!page.HasOlder)
            {
                break;
            }

            page = await queries.PageAsync(filter, page.Rows[^1].Position, null, CancellationToken.None);
        }

        Assert.Equal(await _database.ScalarAsync<long>("SELECT count(*) FROM webhook_inbox WHERE state = 'Parked'"), down.DistinctBy(row => row.Id).Count());
        var up = await queries.PageAsync(filter, null, down[75].Position, CancellationToken.None);
        Assert.Equal(down[25..75].Select(row => row.Id), up.Rows.Select(row => row.Id));
        Assert.True(up is { HasNewer: true, HasOlder: true });
        Assert.Equal("Door", down[0].Camera);
    }

    [Fact]
    public async Task Counts_Stop_Where_Nobody_Wants_To_Know_And_A_Delivery_Is_Found_By_Its_Key()
    {
        var counts = await _services.GetRequiredService<InboxQueries>().CountsAsync(new InboxFilter(), CancellationToken.None);
        var stopped = await _services.GetRequiredService<InboxQueries>().PageAsync(new InboxFilter(InboxTab.Stopped), null, null, CancellationToken.None);

        Assert.Equal(new BoundedCount(10_000, true), counts[InboxTab.All]);
        Assert.Equal(new BoundedCount(600, false), counts[InboxTab.Stopped]);
        Assert.NotNull(await _services.GetRequiredService<DeliveryQueries>().DeliveryAsync(stopped.Rows[0].Id, CancellationToken.None));
        Assert.Null(await _services.GetRequiredService<DeliveryQueries>().DeliveryAsync(Guid.NewGuid(), CancellationToken.None));
        _plans.AssertIndexed("webhook_inbox");
    }

    private static InboxFilter Filter(string address)
    {
        var query = System.Web.HttpUtility.ParseQueryString(address);
        var days = query["days"]?.Split('-').Select(day => int.Parse(day, CultureInfo.InvariantCulture)).Select(day => (DateTimeOffset?)DateTimeOffset.UtcNow.AddDays(-day)).ToList();
        return new InboxFilter(
            Enum.TryParse<InboxTab>(query["tab"], ignoreCase: true, out var tab) ? tab : InboxTab.All, query["type"], query["account"] is { } account ? $"account-{account}" : null,
            Guid.TryParse(query["device"], out var device) ? device : null, days?[0], days?[1]);
    }
}
