namespace RingPortal.Simulator.Page;

internal static class SimulatorPages
{
    public static void AddSimulatorPages(this IServiceCollection services) { }
    public static void MapSimulatorPages(this IEndpointRouteBuilder routes) { }
}
