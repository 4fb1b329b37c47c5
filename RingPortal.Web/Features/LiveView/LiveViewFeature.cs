namespace RingPortal.Web.Features.LiveView;

/// <summary>Live views: how they end.</summary>
internal static class LiveViewFeature
{
    public static IServiceCollection AddLiveView(this IServiceCollection services) =>
        services.AddSingleton<LiveSessions>().AddScoped<LiveSessionEnder>().AddScoped<EndLiveSessionsJob>();
}
