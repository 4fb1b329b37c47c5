using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Certification;

/// <summary>
/// What stands between the world and a portal: a proxy over real HTTP that passes everything through, until a test breaks it.
/// </summary>
public sealed class Front : IAsyncDisposable
{
    private static readonly HashSet<string> s_hop = new(StringComparer.OrdinalIgnoreCase) { "Transfer-Encoding", "Connection", "Keep-Alive" };

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly WebApplication _application;

    private Front(WebApplication application, Uri address) => (_application, Address) = (application, address);

    /// <summary>The public address.</summary>
    public Uri Address { get; }

    /// <summary>Where the portal is.</summary>
    public Uri? Portal { get; set; }

    /// <summary>What is done instead of passing a call through; it may call on to do so.</summary>
    public Func<HttpContext, Func<Task>, Task>? Break { get; set; }

    public static async Task<Front> StartAsync()
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Take()}/"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{address.Port}"));
        var front = new Front(builder.Build(), address);
        front._application.Run(context => front.Break is { } broken ? broken(context, () => front.PassAsync(context)) : front.PassAsync(context));
        await front._application.StartAsync();
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _http.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(Portal!, context.Request.Path + context.Request.QueryString));
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => !s_hop.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !s_hop.Contains(header.Key)))
        {
            context.Response.Headers.Append(name, values.ToArray());
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
