using RingPortal.Web.Features.Erasure.Steps;

namespace RingPortal.Web.Features.Erasure;

/// <summary>A person deletes their account, and nothing of them stays but the audit trail's pseudonym.</summary>
internal static class ErasureFeature
{
    public static IServiceCollection AddErasure(this IServiceCollection services)
    {
        services.AddScoped<ErasureRequests>().AddScoped<ErasureQueries>().AddScoped<StaffDeparture>().AddScoped<Farewell>();
        services.AddScoped<ErasureLease>().AddScoped<ErasureRunner>().AddScoped<ErasurePlan>();
        services.AddScoped<LinksStep>().AddScoped<RemovalsStep>().AddScoped<DeliveriesStep>().AddScoped<RecordsStep>().AddScoped<PersonStep>();
        return services.AddScoped<EraseAccountJob>().AddScoped<SweepErasuresJob>();
    }

    public static void MapErasure(this IEndpointRouteBuilder routes) => ErasureEndpoints.Map(routes);
}
