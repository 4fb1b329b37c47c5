using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Tests.Devices.Feed;

/// <summary>From what one portal publishes to what a page of another hears, through PostgreSQL.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class FeedAcrossInstancesTests : IAsyncLifetime
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(20);

    private readonly Guid _user = Guid.CreateVersion7();
    private readonly ConcurrentQueue<FeedChange> _heard = [];
    private TestDatabase _database = null!;
    private PortalHost _first = null!;
    private PortalHost _second = null!;
    private IDisposable _page = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _first = await PortalHost.StartAsync(_database);
        _second = await PortalHost.StartAsync(_database);
        _page = _second.Services.GetRequiredService<DeviceFeed>().Subscribe(_user, changes =>
        {
            changes.ToList().ForEach(_heard.Enqueue);
            return Task.CompletedTask;
        });
        await Eventually.TrueAsync(async () => await ListenersAsync() == 2, s_soon, "both portals listen");
        // That everything may be new is told at the start too, before any change: what a test hears is not that.
        var change = new FeedChange(_user, FeedKind.Status, Guid.CreateVersion7());
        Outlet.Publish(change);
        await Eventually.TrueAsync(() => _heard.Contains(change), s_soon, "a change is heard");
        _heard.Clear();
    }

    public async Task DisposeAsync()
    {
        _page.Dispose();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_Change_At_One_Instance_Is_Heard_At_The_Other()
    {
        var change = new FeedChange(_user, FeedKind.Press, Guid.CreateVersion7(), Guid.CreateVersion7());

        Outlet.Publish(change);

        await Eventually.TrueAsync(() => _heard.Contains(change), s_soon);
    }

    [Fact]
    public async Task A_Storm_Becomes_Few_Messages_And_The_Last_Change_Arrives()
    {
        await using var ear = new NpgsqlConnection(_database.AppConnectionString);
        var messages = new ConcurrentQueue<(long At, string Payload)>();
        ear.Notification += (_, news) => messages.Enqueue((Environment.TickCount64, news.Payload));
        await ear.OpenAsync();
        await new NpgsqlCommand($"LISTEN {FeedWire.Channel}", ear).ExecuteNonQueryAsync();
        using var done = new CancellationTokenSource();
        var listening = ListenAsync(ear, done.Token);
        var began = Environment.TickCount64;

        for (var n = 0; n < 3_000; n++)
        {
            Outlet.Publish(new FeedChange(Guid.NewGuid(), FeedKind.Motion, Guid.NewGuid(), Guid.NewGuid()));
        }

        var last = new FeedChange(_user, FeedKind.Press, Guid.CreateVersion7(), Guid.CreateVersion7());
        Outlet.Publish(last);
        await Eventually.TrueAsync(() => _heard.Any(change => change == last || change.Kind is FeedKind.Everything), s_soon);
        await Eventually.TrueAsync(() => messages.Any(message => message.Payload.Contains(_user.ToString("N"), StringComparison.Ordinal)), s_soon);

        await done.CancelAsync();
        await listening;
        var times = messages.Select(message => message.At - began).ToList();
        Assert.InRange(messages.Count, 2, 40);
        Assert.All(messages, message => Assert.True(message.Payload.Length < 8_000));
        // Counted from the first change: on a busy machine messages that were sent one by one are heard together.
        Assert.All(times, (time, before) => Assert.True(time >= before * 90, "More than ten messages within a second."));
    }

    [Fact]
    public async Task After_A_Lost_Connection_Every_Open_Page_Reads_Again_And_Hears_On()
    {
        Assert.Equal(2, await _database.ScalarAsync<long>("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ringportal-feed'"));

        await Eventually.TrueAsync(() => _heard.Any(change => change.Kind is FeedKind.Everything), s_soon);
        await Eventually.TrueAsync(async () => await ListenersAsync() == 2, s_soon, "both portals listen again");
        var change = new FeedChange(_user, FeedKind.Status, Guid.CreateVersion7());
        Outlet.Publish(change);
        await Eventually.TrueAsync(() => _heard.Contains(change), s_soon);
    }

    private FeedOutlet Outlet => _first.Services.GetRequiredService<FeedOutlet>();

    private Task<long> ListenersAsync() =>
        _database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ringportal-feed' AND state = 'idle' AND query LIKE ANY (ARRAY['LISTEN%', 'SELECT 1'])");

    private static async Task ListenAsync(NpgsqlConnection ear, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await ear.WaitAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The test has heard enough.
        }
    }
}
