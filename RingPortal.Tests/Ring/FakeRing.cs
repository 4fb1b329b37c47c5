using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RingPortal.Tests.Ring;

/// <summary>The far end of the client's tests: a real server that notes every call and answers what the test says.</summary>
internal sealed class FakeRing : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeRing(WebApplication app) => _app = app;

    public ConcurrentQueue<FakeRingCall> Calls { get; } = new();

    /// <summary>Answers the n-th call, counted from 1.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } = (http, _) => http.AnswerAsync(501);

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<FakeRing> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var ring = new FakeRing(app);
        app.Run(ring.HandleAsync);
        await app.StartAsync();
        return ring;
    }

    /// <summary>The same answer for every call.</summary>
    public void Always(int status, string body = "", params (string Name, string Value)[] headers) =>
        Answer = (http, _) => http.AnswerAsync(status, body, headers);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        http.Items["body"] = body;
        int number;
        lock (Calls)
        {
            Calls.Enqueue(new(
                http.Request.Method,
                http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body,
                Stopwatch.GetTimestamp()));
            number = Calls.Count;
        }

        await Answer(http, number);
    }
}

internal sealed record FakeRingCall(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body, long At);

internal static class FakeRingAnswers
{
    public static async Task AnswerAsync(this HttpContext http, int status, string body = "", params (string Name, string Value)[] headers)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
        {
            http.Response.Headers[name] = value;
        }

        await http.Response.WriteAsync(body);
    }
}
