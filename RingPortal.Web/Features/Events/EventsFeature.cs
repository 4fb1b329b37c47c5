using RingPortal.Web.Features.Events.Gaps;
using RingPortal.Web.Features.Events.History;

namespace RingPortal.Web.Features.Events;

/// <summary>The household's timeline.</summary>
public static class EventsFeature
{
    /// <summary>Registers the feature; its pages are Razor components and map themselves.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddSingleton<EventQueries>().AddTransient<NewsDesk>();
        services.AddScoped<HistoryMerger>().AddScoped<HistoryWalk>().AddScoped<HistoryReader>().AddScoped<HistoryCameras>().AddSingleton<HistoryRefresh>();
        return services.AddScoped<GapFinder>().AddScoped<GapFiller>().AddScoped<FillGapsJob>().AddScoped<GapDesk>().AddSingleton<GapQueries>();
    }
}
