using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Jobs;

namespace RingPortal.Web.Features.LiveView;

/// <summary>Live views: how they begin, go on and end.</summary>
internal static class LiveViewFeature
{
    public static IServiceCollection AddLiveView(this IServiceCollection services) => services
        .AddSingleton<LiveSessions>().AddSingleton<LiveInstance>().AddSingleton<LivePlan>().AddSingleton<LiveQueries>().AddSingleton<LiveSweep>()
        .AddSingleton(provider => new LiveViewEnds(
            provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<LiveSessions>(),
            provider.GetRequiredService<FeedOutlet>(), provider.GetRequiredService<WorkWake>()))
        .AddScoped<LivePlaces>().AddScoped<LiveRecords>().AddScoped<LiveStart>().AddScoped<LiveStop>()
        .AddScoped<LiveSessionEnder>().AddScoped<EndLiveSessionsJob>()
        .AddHostedService<LiveReaper>();
}
