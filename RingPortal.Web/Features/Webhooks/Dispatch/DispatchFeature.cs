using RingPortal.Web.Features.Webhooks.Handlers;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>What happens to deliveries after they were acknowledged.</summary>
internal static class DispatchFeature
{
    public static IServiceCollection AddDispatch(this IServiceCollection services)
    {
        services.AddSingleton<DispatchPace>().AddHostedService<InboxDispatcher>().AddScoped<InboxBatch>().AddScoped<EventRouter>().AddScoped<SweepInboxJob>();
        services.AddScoped<BatchLookups>().AddScoped<TimelineWriter>().AddScoped<TimelineHandler>();
        services.AddScoped<IEventHandler>(provider => provider.GetRequiredService<TimelineHandler>());
        services.AddScoped<IEventHandler, DeviceStatusHandler>().AddScoped<IEventHandler, DeviceAddedHandler>().AddScoped<IEventHandler, DeviceRemovedHandler>();
        services.AddScoped<IEventHandler, IntegrationAddedHandler>().AddScoped<IEventHandler, IntegrationRemovedHandler>();
        return services.AddScoped<IEventHandler, SubscriptionHandler>();
    }
}
