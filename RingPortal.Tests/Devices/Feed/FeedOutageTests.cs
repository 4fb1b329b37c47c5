using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Tests.Devices.Feed;

/// <summary>The feed while the database stands still or is gone: noticed within seconds, told again afterwards, by itself.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class FeedOutageTests(OwnCluster cluster, TestDatabase unused) : IClassFixture<OwnCluster>, IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly Guid _user = Guid.CreateVersion7();
    private readonly ConcurrentQueue<FeedChange> _heard = [];
    private PortalHost _portal = null!;
    private IDisposable _page = null!;

    public async Task InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(unused, settings: cluster.Settings);
        _page = _portal.Services.GetRequiredService<DeviceFeed>().Subscribe(_user, changes =>
        {
            changes.ToList().ForEach(_heard.Enqueue);
            return Task.CompletedTask;
        });
        await WorksAsync();
    }

    public async Task DisposeAsync()
    {
        cluster.Thaw();
        _page.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task A_Frozen_Database_Is_Noticed_And_What_Happened_Meanwhile_Is_Read_Again()
    {
        cluster.Freeze();
        Outlet.Publish(new FeedChange(_user, FeedKind.Press, Guid.CreateVersion7(), Guid.CreateVersion7()));
        await Eventually.TrueAsync(() => Warned<FeedSender>() && Warned<FeedListener>(), s_limit, "both sides give up waiting");
        _heard.Clear();

        cluster.Thaw();

        await Eventually.TrueAsync(() => _heard.Any(change => change.Kind is FeedKind.Everything), s_limit);
        await WorksAsync();
    }

    [Fact]
    public async Task A_Database_That_Was_Gone_Is_Listened_To_Again()
    {
        await cluster.StopAsync();
        Outlet.Publish(new FeedChange(_user, FeedKind.Status, Guid.CreateVersion7()));
        await Eventually.TrueAsync(() => Warned<FeedSender>() && Warned<FeedListener>(), s_limit, "both sides notice");
        _heard.Clear();

        await cluster.RestartAsync();

        await Eventually.TrueAsync(() => _heard.Any(change => change.Kind is FeedKind.Everything), s_limit);
        await WorksAsync();
    }

    private FeedOutlet Outlet => _portal.Services.GetRequiredService<FeedOutlet>();

    private bool Warned<TService>() => _portal.Logs.Entries.Any(entry => entry.Level == LogLevel.Warning && entry.Category == typeof(TService).FullName);

    /// <summary>A change goes all the way; published again and again because the listener may be just about to listen.</summary>
    private Task WorksAsync()
    {
        var change = new FeedChange(_user, FeedKind.Status, Guid.CreateVersion7());
        return Eventually.TrueAsync(
            () =>
            {
                Outlet.Publish(change);
                return _heard.Contains(change);
            },
            s_limit,
            "a change is heard");
    }
}
