namespace RingPortal.Web.Features.Arrivals;

/// <summary>Record of the calls to the addresses registered at Ring.</summary>
internal static class ArrivalsFeature
{
    public static IServiceCollection AddArrivals(this IServiceCollection services) =>
        services.AddSingleton<ArrivalLog>().AddHostedService<ArrivalWriter>();
}
