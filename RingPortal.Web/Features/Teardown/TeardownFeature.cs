using RingPortal.Web.Features.Teardown.Steps;

namespace RingPortal.Web.Features.Teardown;

/// <summary>What happens when a camera or a connection is removed.</summary>
public static class TeardownFeature
{
    /// <summary>Registers the feature.</summary>
    public static IServiceCollection AddTeardown(this IServiceCollection services)
    {
        services.AddScoped<TeardownRequests>().AddScoped<TeardownLease>().AddScoped<TeardownRecords>().AddScoped<TeardownRunner>().AddScoped<TeardownPlan>();
        services.AddScoped<SessionsStep>().AddScoped<WorkStep>().AddScoped<ArchiveStep>().AddScoped<ArchiveWriter>().AddScoped<DeleteStep>().AddScoped<ToldStep>();
        return services.AddScoped<TearDownDeviceJob>().AddScoped<TearDownIntegrationJob>().AddScoped<SweepTeardownsJob>();
    }
}
