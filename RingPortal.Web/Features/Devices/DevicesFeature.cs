namespace RingPortal.Web.Features.Devices;

public static class DevicesFeature
{
    public static IServiceCollection AddDevices(this IServiceCollection services) => services.AddScoped<DeviceSync>();
}
