using Microsoft.Extensions.Options;
using RingPortal.Web.Components;

namespace RingPortal.Web.Features.Subscriptions;

/// <summary>Plans and trials, and what they give access to.</summary>
internal static class SubscriptionsFeature
{
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        services.AddOptions<SubscriptionsOptions>().BindConfiguration(SubscriptionsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SubscriptionsOptions>, SubscriptionsOptionsValidator>();
        return services.AddSingleton<PlanAccess>().AddSingleton<IBannerSource, NoPlanBanner>().AddScoped<SubscriptionStore>().AddScoped<SyncSubscriptionsJob>();
    }
}
