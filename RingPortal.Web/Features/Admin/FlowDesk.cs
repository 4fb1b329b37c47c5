using RingPortal.Web.Features.Admin.Arrivals;
using RingPortal.Web.Features.Admin.Jobs;
using RingPortal.Web.Features.Admin.Pool;

namespace RingPortal.Web.Features.Admin;

/// <summary>The operators' pages about what flows: pool, arrivals, jobs.</summary>
internal static class FlowDesk
{
    public static IServiceCollection AddFlowDesk(this IServiceCollection services)
    {
        services.AddSingleton<PoolQueries>().AddSingleton<ArrivalQueries>();
        services.AddSingleton<JobSearch>().AddSingleton<JobQueries>().AddSingleton<TimetableQueries>().AddSingleton<TeardownQueries>().AddSingleton<BulkQueries>();
        services.AddScoped<PoolRepairs>().AddScoped<JobActs>().AddScoped<TeardownActs>().AddScoped<JobDesk>();
        return services.AddScoped<ChangeJobsJob>();
    }
}
