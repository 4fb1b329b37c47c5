using Microsoft.Extensions.Options;
using RingPortal.Web.Components;

namespace RingPortal.Web.Features.Linking;

/// <summary>From Ring's redirect to a linked account, and back again.</summary>
internal static class LinkingFeature
{
    public static IServiceCollection AddLinking(this IServiceCollection services)
    {
        services.AddOptions<LinkingOptions>().BindConfiguration(LinkingOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LinkingOptions>, LinkingOptionsValidator>();
        services.AddSingleton<LinkCookie>().AddSingleton<LinkLimits>().AddSingleton<LinkPages>().AddSingleton<LinkSignInForms>();
        services.AddSingleton<PoolMatch>().AddSingleton<LinkWake>();
        services.AddScoped<LinkVisitors>().AddScoped<LinkQueries>().AddScoped<LinkProgress>();
        services.AddScoped<LinkClaim>().AddScoped<ClaimRows>().AddScoped<LinkConfirmation>().AddScoped<LinkCompletion>();
        services.AddScoped<LinkFinisher>().AddScoped<LinkedAftermath>();
        services.AddScoped<LinkDisconnect>().AddScoped<RingAccountQueries>();
        services.AddSingleton<IBannerSource, UndoBanner>().AddSingleton<IBannerSource, RelinkBanner>();
        return services;
    }
}
