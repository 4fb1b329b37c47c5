namespace RingPortal.Web.Features.Teardown;

/// <summary>What happens when a camera or a connection is removed.</summary>
public static class TeardownFeature
{
    /// <summary>Registers the feature.</summary>
    public static IServiceCollection AddTeardown(this IServiceCollection services) =>
        services.AddScoped<TeardownRequests>().AddScoped<TearDownDeviceJob>().AddScoped<TearDownIntegrationJob>();
}
