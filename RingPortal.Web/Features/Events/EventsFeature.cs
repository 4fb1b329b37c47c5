namespace RingPortal.Web.Features.Events;

/// <summary>The household's timeline.</summary>
public static class EventsFeature
{
    /// <summary>Registers the feature; its pages are Razor components and map themselves.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services) => services.AddSingleton<EventQueries>().AddTransient<NewsDesk>();
}
