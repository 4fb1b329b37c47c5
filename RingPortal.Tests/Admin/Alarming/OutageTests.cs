using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Features.Admin.Minutes;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Admin.Alarming;

/// <summary>Ring stops repeating after 73 minutes: operators hear of it before, whether or not the database is there (reliability W6).</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class OutageTests : IAsyncLifetime
{
    private readonly AlarmWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Calls_That_Are_Not_Answered_Well_Warn_Become_Critical_And_One_Good_Answer_Ends_It()
    {
        var (metrics, watcher) = (_world.Services.GetRequiredService<PortalMetrics>(), _world.Services.GetRequiredService<OutageWatcher>());
        await FailAsync(metrics, watcher, 9);
        Assert.Null(await _world.OpenAsync("outage"));
        await FailAsync(metrics, watcher, 2);
        Assert.StartsWith("Warning: No call from Ring was answered well for 1", await _world.OpenAsync("outage"), StringComparison.Ordinal);
        await FailAsync(metrics, watcher, 20);
        Assert.Matches("^Critical: No call from Ring was answered well for 3[01] min\\. After 73 minutes Ring stops retrying\\. Afterwards open Gaps and fill them\\.$", await _world.OpenAsync("outage"));

        metrics.WebhookReceived("accepted");
        await watcher.LookAsync(CancellationToken.None);
        Assert.Null(await _world.OpenAsync("outage"));
    }

    [Fact]
    public async Task Silence_And_Strangers_Are_No_Outage()
    {
        var (metrics, watcher) = (_world.Services.GetRequiredService<PortalMetrics>(), _world.Services.GetRequiredService<OutageWatcher>());
        metrics.WebhookReceived("overloaded");
        for (var minute = 0; minute < 45; minute++)
        {
            metrics.WebhookReceived("invalid_signature");
            _world.Advance(TimeSpan.FromMinutes(1));
            await watcher.LookAsync(CancellationToken.None);
        }

        Assert.Null(await _world.OpenAsync("outage"));
    }

    [Fact]
    public async Task What_Another_Instance_Takes_Ends_The_Outage_Of_This_One()
    {
        var (metrics, watcher) = (_world.Services.GetRequiredService<PortalMetrics>(), _world.Services.GetRequiredService<OutageWatcher>());
        await FailAsync(metrics, watcher, 11);
        await _world.Database.ExecuteAsync($"INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts) VALUES (gen_random_uuid(), 'r', '', '', '{_world.Now:O}', 'Done', 1)");

        await watcher.LookAsync(CancellationToken.None);

        Assert.Null(await _world.OpenAsync("outage"));
    }

    [Fact]
    public async Task While_The_Database_Is_Away_Operators_Are_Written_To_Directly_And_Once()
    {
        var cut = _world.Compose("Host=127.0.0.1;Port=9;Database=none;Username=none;Timeout=1");
        _ = cut.Services.GetRequiredService<MinuteListener>();
        var (metrics, watcher) = (cut.Services.GetRequiredService<PortalMetrics>(), cut.Services.GetRequiredService<OutageWatcher>());

        await FailAsync(metrics, watcher, 44);

        var (body, _) = Assert.Single(_world.Posts);
        Assert.Equal(("outage", "critical", "firing"), (body.GetProperty("key").GetString(), body.GetProperty("level").GetString(), body.GetProperty("state").GetString()));
        var letter = Assert.Single(Directory.GetFiles(cut.MailFolder));
        Assert.Contains("Critical: No call from Ring was answered well for 30 min", await File.ReadAllTextAsync(letter), StringComparison.Ordinal);
    }

    /// <summary>Ring calls each minute, in vain.</summary>
    private async Task FailAsync(PortalMetrics metrics, OutageWatcher watcher, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            metrics.WebhookReceived("not_stored");
            _world.Advance(TimeSpan.FromMinutes(1));
            await watcher.LookAsync(CancellationToken.None);
        }
    }
}
