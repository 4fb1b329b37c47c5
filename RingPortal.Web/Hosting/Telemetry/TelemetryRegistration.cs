using System.Diagnostics;
using System.Reflection;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace RingPortal.Web.Hosting.Telemetry;

/// <summary>
/// Metrics for whoever scrapes the operators' address; traces, metrics and logs by OTLP where an address for them is set.
/// Without either nothing is measured.
/// </summary>
internal static class TelemetryRegistration
{
    /// <summary>The standard setting that names where OTLP goes.</summary>
    public const string OtlpSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string ServiceName = "ringportal";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var exports = !string.IsNullOrWhiteSpace(builder.Configuration[OtlpSetting]);
        var scraped = new ManagementAddress(builder.Configuration, builder.Environment).IsMapped;
        builder.Services.AddSingleton<StoreGauges>().AddSingleton<InstanceGauges>();
        if (!exports && !scraped)
        {
            return;
        }

        // What strangers send along decides nothing: neither which trace a call belongs to, nor what is passed on to Ring.
        builder.Services.AddSingleton<DistributedContextPropagator>(new ClosedPropagator());
        Sdk.SetDefaultTextMapPropagator(new CompositeTextMapPropagator([]));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<StoreGauges>());
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(
            ServiceName, serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3), serviceInstanceId: $"{Environment.MachineName}:{Environment.ProcessId}"));
        telemetry.WithMetrics(metrics => AddMeters(metrics, scraped, exports));
        if (exports)
        {
            telemetry.WithTracing(AddSources);
            telemetry.WithLogging(logs => logs.AddOtlpExporter(), options => (options.IncludeFormattedMessage, options.IncludeScopes) = (true, false));
        }
    }

    private static void AddMeters(MeterProviderBuilder metrics, bool scraped, bool exports)
    {
        metrics.AddMeter(PortalMetrics.MeterName)
            .AddAspNetCoreInstrumentation()
            .AddMeter("Microsoft.AspNetCore.Components.Server.Circuits")
            .AddHttpClientInstrumentation()
            .AddRuntimeInstrumentation()
            .AddNpgsqlInstrumentation();
        if (scraped)
        {
            metrics.AddPrometheusExporter();
        }

        if (exports)
        {
            metrics.AddOtlpExporter();
        }
    }

    private static void AddSources(TracerProviderBuilder traces) => traces
        .AddSource(PortalActivity.SourceName)
        .AddAspNetCoreInstrumentation(options => options.Filter = http => !http.Request.Path.StartsWithSegments("/health") && !http.Request.Path.StartsWithSegments(MetricsEndpoint.Path))
        // Calls to Ring have spans of the portal's own, by operation; those of the client name cameras in their addresses.
        .AddNpgsql()
        .AddProcessor(new SpanVeil())
        .AddOtlpExporter();
}
