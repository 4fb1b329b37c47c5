using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RingPortal.Web.Components;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Look;

/// <summary>The look in a host of its own, without database and features, plus a few addresses that fail.</summary>
public sealed class PlainHost : IAsyncLifetime
{
    private WebApplication? app;

    internal LogLines Lines { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Staging });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(Lines);
        builder.Services.AddLook();
        builder.Services.AddAntiforgery().AddAuthorization().AddSingleton(TimeProvider.System);
        builder.Services.AddAuthentication("none").AddCookie("none");
        builder.Services.Configure<PortalOptions>(options => options.PublicUrl = new("https://portal.example.com"));
        app = builder.Build();
        app.UsePortalHeaders();
        app.UseErrorPages();
        app.Use(SignInByHeader);
        app.UseRouting();
        app.UseAntiforgery();
        app.MapLook();
        MapFailures(app);
        await app.StartAsync();
        Client = app.GetTestClient();
        Client.BaseAddress = new("https://portal.example.com");
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app!.DisposeAsync();
    }

    private static Task SignInByHeader(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.TryGetValue("X-Test-User", out var name))
            context.User = new(new ClaimsIdentity([new(ClaimTypes.Name, name.ToString())], "test"));
        return next(context);
    }

    private static void MapFailures(WebApplication app)
    {
        foreach (var prefix in (string[])["", "/api", "/ring/token"])
        {
            app.MapGet($"{prefix}/fails", string () => throw new InvalidOperationException("the reason"));
            app.MapGet($"{prefix}/answers/{{status:int}}", (int status) => Results.StatusCode(status));
        }

        app.MapGet("/locked", string () => throw new InvalidOperationException("wrapped", new PostgresException("the reason", "ERROR", "ERROR", PostgresErrorCodes.LockNotAvailable)));
        app.MapGet("/mistaken", string () => throw new InvalidOperationException("wrapped", new PostgresException("the reason", "ERROR", "ERROR", PostgresErrorCodes.UndefinedColumn)));
        app.MapGet("/ring-is-slow", string () => throw new TaskCanceledException("the reason", new TimeoutException()));
        app.MapGet("/wait", (HttpContext context) =>
        {
            context.Response.Headers.RetryAfter = "7";
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        });
        app.MapGet("/ring/page", () => "page");
        app.MapGet("/admin/hangfire/page", () => "page");
    }
}
