using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Admin.Alarming;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin.Health;
using RingPortal.Web.Features.Admin.Minutes;
using RingPortal.Web.Features.Admin.Overview;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Admin.Overview;

/// <summary>What the instances counted, from the instruments to the overview; and what reading it costs.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class OverviewQueriesTests : IAsyncLifetime
{
    private readonly AlarmWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_Two_Instances_Count_Adds_Up_Minute_By_Minute()
    {
        var second = _world.Compose();
        _ = second.Services.GetRequiredService<MinuteListener>();
        // Everything within one step of the overview, whose next begins in two minutes.
        var step = TimeSpan.FromMinutes(2).Ticks;
        _world.Advance(TimeSpan.FromTicks(step - (_world.Now.Ticks % step)) + TimeSpan.FromSeconds(1));
        foreach (var services in new[] { _world.Services, second.Services })
        {
            var metrics = services.GetRequiredService<PortalMetrics>();
            metrics.CodeReceived("accepted");
            metrics.LinkFinished("linked");
            metrics.RingRequest("devices.list", "200");
            metrics.RingRequest("devices.list", "503");
            // Twice: the row of the minute is there already.
            await services.GetRequiredService<MinuteWriter>().WriteAsync(CancellationToken.None);
            metrics.CodeReceived("accepted");
            services.GetRequiredService<MinuteCollector>().Measure(FigureNames.WebhookAnswers, "", 40);
            await services.GetRequiredService<MinuteWriter>().WriteAsync(CancellationToken.None);
            services.GetRequiredService<MinuteCollector>().Measure(FigureNames.WebhookAnswers, "", 41);
            await services.GetRequiredService<MinuteWriter>().WriteAsync(CancellationToken.None);
        }

        var queries = _world.Services.GetRequiredService<OverviewQueries>();
        var flow = await queries.FlowAsync(OverviewRange.Hour, CancellationToken.None);

        Assert.Equal(4, flow.Total(FigureNames.Codes, tag => tag == "accepted"));
        Assert.Equal(2, flow.Total(FigureNames.Links, tag => tag == "linked"));
        Assert.Equal(4, flow.Total(FigureNames.RingRequests, _ => true));
        Assert.Equal(30, flow.Steps.Count);
        Assert.Equal(4, flow.Line(FigureNames.Codes, _ => true)[^1]);
        Assert.Equal(4, flow.Answers[^1]!.Sum());
        Assert.InRange(OverviewWords.Quantile(flow, 0.5)!.Value, 30, 50);
        Assert.Equal(4, (await queries.FlowAsync(OverviewRange.Day, CancellationToken.None)).Total(FigureNames.Codes, _ => true));
    }

    [Fact]
    public async Task The_Top_Says_What_Is_Open_What_Waits_And_What_Stopped()
    {
        await _world.Database.ExecuteAsync(
            """
            INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts, next_attempt_at)
            SELECT gen_random_uuid(), 'request-' || n, '', '', now(), CASE WHEN n < 4 THEN 'Due' ELSE 'Dead' END, 0, now() FROM generate_series(1, 5) n
            """);
        var alarms = _world.Services.GetRequiredService<RingPortal.Web.Features.Admin.Alarms>();
        await alarms.RaiseAsync("link.reauth.a", "One of many.", CancellationToken.None);
        await alarms.RaiseAsync("teardown.stuck", "3 removals hang. Read the reason.", CancellationToken.None);
        await alarms.RaiseAsync("webhook.dead", "2 events stopped. They need a decision.", CancellationToken.None);

        var now = await _world.Services.GetRequiredService<OverviewQueries>().NowAsync(CancellationToken.None);

        Assert.Equal(["webhook.dead", "teardown.stuck"], now.Alarms.Select(alarm => alarm.Key));
        Assert.Equal((3, 2, 0), (now.Waiting, now.Stopped, now.Live));
    }

    [Fact]
    public async Task Twenty_Open_Overviews_Cost_The_Database_What_One_Costs()
    {
        var queries = _world.Services.GetRequiredService<OverviewQueries>();
        var statements = 0;
        // The driver has one meter for all portals of this process: only what follows from this test's own calls counts.
        var isOurs = new AsyncLocal<bool> { Value = true };
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.duration" })
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var (_, value) in tags)
            {
                if (isOurs.Value && value is "web")
                {
                    Interlocked.Increment(ref statements);
                }
            }
        });
        listener.Start();

        for (var second = 0; second < 60; second += 2)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => queries.NowAsync(CancellationToken.None)));
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => queries.FlowAsync(OverviewRange.Hour, CancellationToken.None)));
            _world.Advance(TimeSpan.FromSeconds(2));
        }

        // Thirty readings of three statements, and the flow of the last hour every 16 s in two; on a slow machine it is due more often.
        Assert.InRange(statements, 90, 150);
    }

    [Fact]
    public async Task The_Parts_Say_How_They_Do()
    {
        var metrics = _world.Services.GetRequiredService<PortalMetrics>();
        metrics.RingRequest("devices.list", "503");
        await _world.Services.GetRequiredService<RingPortal.Web.Features.Admin.Alarms>().RaiseAsync("mail.failing", "E-mails cannot be sent (connect). Check the Smtp settings.", CancellationToken.None);
        await _world.Services.GetRequiredService<MinuteWriter>().WriteAsync(CancellationToken.None);

        var parts = (await _world.Services.GetRequiredService<HealthQueries>().PartsAsync(CancellationToken.None)).ToDictionary(part => part.Name);

        Assert.Equal(RingPortal.Web.Components.StatusKind.Error, parts["api"].State);
        Assert.Equal(RingPortal.Web.Components.StatusKind.Error, parts["mail"].State);
        Assert.NotNull(parts["mail"].ChangedAt);
        Assert.Equal(RingPortal.Web.Components.StatusKind.Neutral, parts["oauth"].State);
        Assert.NotNull(parts["disk"].Figure);
    }
}
