using Bunit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Components;
using RingPortal.Web.Components.Toasts;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Tests.Look;

/// <summary>Renders components with the real texts, brand and a clock that stands at a Monday afternoon.</summary>
public abstract class LookContext : BunitContext, IAsyncLifetime
{
    protected LookContext()
    {
        // What a busy machine shows late is shown all the same; a second, as it would be, is short for it.
        DefaultWaitTimeout = TimeSpan.FromSeconds(10) * Eventually.Patience;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(Options.Create(new PortalOptions { PublicUrl = new("http://localhost:5180"), SupportEmail = "help@fairview.example" }));
        var environment = new FakeEnvironment();
        Services.AddSingleton<IHostEnvironment>(environment).AddSingleton<IWebHostEnvironment>(environment);
        Services.AddSingleton<Texts>().AddSingleton<BrandAssets>();
        Services.AddScoped<BannerBell>().AddScoped<Announcer>().AddScoped<ToastShelf>();
        Services.AddSingleton<TimeProvider>(Clock);
    }

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 14, 20, 11, TimeSpan.Zero));

    internal Texts Texts => Services.GetRequiredService<Texts>();

    public Task InitializeAsync() => Task.CompletedTask;

    // MudBlazor's services can only be disposed of asynchronously.
    async Task IAsyncLifetime.DisposeAsync() => await base.DisposeAsync();
}
