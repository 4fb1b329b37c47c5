namespace RingPortal.Web.Features.Admin;

/// <summary>What operators see.</summary>
internal static class AdminFeature
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) => services.AddSingleton<Alarms>();
}
