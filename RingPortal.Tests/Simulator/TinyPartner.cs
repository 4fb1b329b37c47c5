using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace RingPortal.Tests.Simulator;

/// <summary>The smallest partner: keeps what Ring sends and answers what it is told.</summary>
internal sealed class TinyPartner : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<int> answers = new();
    private readonly ConcurrentQueue<Received> received = new();

    private TinyPartner(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    public IReadOnlyList<Received> Calls => [.. received];

    public IReadOnlyList<Received> To(string path) => [.. received.Where(call => call.Path == path)];

    /// <summary>The answer when none is left of those that were told.</summary>
    public int Usually { get; set; } = StatusCodes.Status200OK;

    /// <summary>What happens between a call and its answer.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    /// <summary>The next answers; <see cref="Usually"/> when none is left.</summary>
    public void Answer(params int[] statuses) => Array.ForEach(statuses, answers.Enqueue);

    public static async Task<TinyPartner> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var partner = new TinyPartner(app);
        app.Run(partner.KeepAsync);
        await app.StartAsync();
        return partner;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task KeepAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = context.Request;
        received.Enqueue(new(request.Method, request.Path, request.QueryString.Value ?? "", request.ContentType, request.Headers["X-Signature"], body.ToArray()));
        await Meanwhile();
        context.Response.StatusCode = answers.TryDequeue(out var status) ? status : Usually;
        await context.Response.WriteAsync("""{"status":"accepted"}""");
    }
}

internal sealed record Received(string Method, string Path, string Query, string? ContentType, string? Signature, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Body)!;
}
