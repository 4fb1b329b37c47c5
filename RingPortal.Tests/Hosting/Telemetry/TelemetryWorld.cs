using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Hosting.Telemetry;

/// <summary>A portal with everything observed: scraped on an address of its own, exported to a collector.</summary>
public sealed class TelemetryWorld : IAsyncLifetime
{
    internal OtlpReceiver Collector { get; private set; } = null!;

    internal LinkWorld Links { get; private set; } = null!;

    internal Uri Management { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}/"));

    public async Task InitializeAsync()
    {
        Collector = await OtlpReceiver.StartAsync();
        var settings = Collector.Settings;
        settings["Management:Urls"] = Management.GetLeftPart(UriPartial.Authority);
        Links = new LinkWorld(settings);
        await Links.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await Links.DisposeAsync();
        await Collector.DisposeAsync();
    }

    /// <summary>Sends what waits to the collector.</summary>
    internal void Flush()
    {
        var services = Links.Portal.Services;
        Assert.True(services.GetRequiredService<TracerProvider>().ForceFlush(10_000 * Eventually.Patience));
        // Its answer is about the reader that is scraped, too, which cannot be flushed.
        services.GetRequiredService<MeterProvider>().ForceFlush(10_000 * Eventually.Patience);
        Assert.True(services.GetRequiredService<LoggerProvider>().ForceFlush(10_000 * Eventually.Patience));
    }

    /// <summary>What Prometheus would read, once the store was read.</summary>
    internal async Task<string> ScrapeAsync()
    {
        using var client = new HttpClient { BaseAddress = Management };
        var text = "";
        await Eventually.TrueAsync(
            async () => (text = await client.GetStringAsync("/metrics")).Contains("ringportal_inbox_due ", StringComparison.Ordinal) || text.Contains("ringportal_inbox_due{", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20), "the store's gauges are scraped");
        return text;
    }

    /// <summary>Makes every instrument that only counts when something happens count once.</summary>
    internal void CountEverything()
    {
        var metrics = Links.Portal.Services.GetRequiredService<PortalMetrics>();
        metrics.RingRequest("probe", "200");
        metrics.TokenRefresh("probe");
        metrics.LinkFinished("probe");
        metrics.CodeReceived("probe");
        metrics.WebhookReceived("probe");
        metrics.WebhooksDead(1);
        metrics.WebhookSigned("probe");
        metrics.InboxApplied([TimeSpan.FromSeconds(1)]);
        metrics.JobRan("probe", "succeeded", TimeSpan.FromSeconds(1));
    }
}

/// <summary>
/// Tests that share one observed portal, one after another and with no other portal beside it in this process: the metrics
/// library knows instruments by name alone, and drops a name when any portal that has it ends.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TelemetryTurn : ICollectionFixture<TelemetryWorld>
{
    public const string Name = "Telemetry";
}
