using RingPortal.Web.Features.Media.Album;

namespace RingPortal.Web.Features.Media;

/// <summary>Pictures and recordings: shown, saved, kept in albums.</summary>
internal static class MediaFeature
{
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddSingleton<MediaQueries>().AddSingleton<MediaDesk>().AddSingleton<SnapshotStore>();
        services.AddSingleton<LookFlights>().AddSingleton<LatestPictures>();
        services.AddSingleton<AlbumQueries>().AddSingleton<AlbumSchedules>().AddScoped<AlbumKeeper>().AddScoped<TakeSnapshotJob>();
        return services;
    }

    public static void MapMedia(this IEndpointRouteBuilder routes) => MediaEndpoints.Map(routes);
}
