using RingPortal.Simulator.Hosting;

namespace RingPortal.Simulator;

internal static class Program
{
    private static Task<int> Main(string[] args) => RingCloudHost.RunAsync(args, Console.Error);
}
