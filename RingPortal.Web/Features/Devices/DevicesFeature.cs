using RingPortal.Web.Features.Devices.Feed;

namespace RingPortal.Web.Features.Devices;

/// <summary>Cameras: what Ring lists, and the pages that show it.</summary>
public static class DevicesFeature
{
    /// <summary>Registers the feature; its pages are Razor components and map themselves.</summary>
    public static IServiceCollection AddDevices(this IServiceCollection services)
    {
        services.AddScoped<SyncQueue>().AddScoped<SuspectedRemovals>().AddScoped<SyncEverything>().AddScoped<OutageWatch>();
        services.AddScoped<SyncDevicesJob>().AddScoped<SyncNightlyJob>();
        services.AddScoped<DeviceStore>().AddScoped<DeviceRemoval>().AddScoped<DeviceSync>();
        services.AddSingleton<DeviceQueries>().AddSingleton<CameraWords>().AddSingleton<DeviceRefresh>().AddSingleton<FeedOutlet>();
        services.AddSingleton<DeviceFeed>().AddHostedService<FeedSender>().AddHostedService<FeedListener>();
        services.AddAuthorizationBuilder().AddPolicy(CameraViewers.Policy, CameraViewers.Build);
        return services;
    }
}
