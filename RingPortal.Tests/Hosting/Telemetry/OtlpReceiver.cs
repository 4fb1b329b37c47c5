using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Hosting.Telemetry;

/// <summary>A collector: takes what a portal exports by OTLP over HTTP and keeps every byte of it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _taken = new();

    private OtlpReceiver(WebApplication application, string address) => (_application, Address) = (application, address);

    /// <summary>For <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string Address { get; }

    /// <summary>Settings that make a portal export everything here, its logs at their loudest.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["Logging:OpenTelemetry:LogLevel:Default"] = "Trace",
    };

    public static async Task<OtlpReceiver> StartAsync()
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        var application = builder.Build();
        var receiver = new OtlpReceiver(application, address);
        application.MapPost("/v1/{kind}", receiver.TakeAsync);
        await application.StartAsync();
        return receiver;
    }

    /// <summary>What came of a kind: <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public IReadOnlyList<byte[]> Of(string kind) => [.. _taken.Where(taken => taken.Path.EndsWith(kind, StringComparison.Ordinal)).Select(taken => taken.Body)];

    /// <summary>Every span that came.</summary>
    public IReadOnlyList<OtlpSpan> Spans => [.. Of("traces").SelectMany(OtlpSpan.Read)];

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        _taken.Enqueue((request.Path, body.ToArray()));
        return Results.Bytes([], "application/x-protobuf");
    }
}
