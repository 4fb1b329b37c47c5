using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using MudBlazor.Services;
using RingPortal.Web.Components.Theme;
using RingPortal.Web.Components.Toasts;
using RingPortal.Web.Features.Site;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Components;

/// <summary>Registers and maps what every page needs: texts, theme, brand.</summary>
public static class LookFeature
{
    /// <summary>Texts, MudBlazor's services, the theme made from the brand, and the signed-in user for components.</summary>
    public static IServiceCollection AddLook(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddHttpContextAccessor();
        services.AddMudServices();
        services.AddSingleton<Texts>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<BannerBell>().AddScoped<Announcer>().AddScoped<ToastShelf>();
        services.AddSingleton<AssetAddresses>().AddSingleton<ModuleAddresses>();
        services.AddSingleton<BrandAssets>();
        services.AddSingleton(MakeSheet);
        services.AddErrorPages();
        return services;
    }

    /// <summary><c>/theme.{hash}.css</c>, <c>/brand/*</c>, <c>POST /theme</c> and the public pages.</summary>
    public static IEndpointRouteBuilder MapLook(this IEndpointRouteBuilder endpoints)
    {
        // A brand that cannot be read must stop the start, not the first visitor.
        endpoints.ServiceProvider.GetRequiredService<ThemeSheet>();
        endpoints.ServiceProvider.GetRequiredService<BrandAssets>();
        endpoints.MapThemeEndpoints();
        endpoints.MapBrandEndpoints();
        endpoints.MapSite();
        return endpoints;
    }

    /// <summary>Pages for failures. Must stand right after the headers and before everything that can fail.</summary>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) => ErrorPages.Use(app);

    /// <summary>Our scripts by their marked addresses. Must stand before routing.</summary>
    public static IApplicationBuilder UseModules(this IApplicationBuilder app)
    {
        var modules = app.ApplicationServices.GetRequiredService<ModuleAddresses>();
        return app.Use(modules.LeadAsync);
    }

    // Nothing in MudBlazor's provider waits before its first output, so this returns at once.
    private static ThemeSheet MakeSheet(IServiceProvider services) =>
        new ThemeSheetWriter(services, services.GetRequiredService<ILoggerFactory>())
            .WriteAsync(services.GetRequiredService<IOptions<PortalOptions>>().Value.PrimaryColor)
            .GetAwaiter().GetResult();
}
