using Microsoft.AspNetCore.Connections;

namespace RingPortal.Simulator.Hosting;

/// <summary>Runs the cloud as a process; what stops the start is one readable sentence and exit code 1.</summary>
internal static class RingCloudHost
{
    public static async Task<int> RunAsync(string[] args, TextWriter errors)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        try
        {
            var options = configuration.GetSection(RingCloudOptions.Section).Get<RingCloudOptions>() ?? new();
            options.ConsoleLog = true;
            await using var cloud = await RingCloud.StartAsync(options);
            Console.WriteLine($"Ring simulator: {cloud.BaseAddress.GetLeftPart(UriPartial.Authority)} (portal: {options.PortalUrl})");
            await cloud.WaitForShutdownAsync();
            return 0;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return Fail(errors, $"{taken.Message.TrimEnd('.')}. Stop the other program or set Simulator__Urls to another address.");
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidDataException or InvalidOperationException)
        {
            return Fail(errors, wrong.Message);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return Fail(errors, $"The simulator cannot use its address or Simulator__DataPath: {wrong.Message}");
        }
    }

    private static int Fail(TextWriter errors, string sentence)
    {
        errors.WriteLine($"The simulator cannot start: {sentence}");
        return 1;
    }
}
