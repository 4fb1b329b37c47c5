using Microsoft.AspNetCore.Connections;

namespace RingPortal.Simulator.Hosting;

/// <summary>Runs the cloud as a process; what stops the start is one readable sentence and exit code 1.</summary>
internal static class RingCloudHost
{
    public static async Task<int> RunAsync(string[] args, TextWriter errors)
    {
        var (cloud, problem) = await StartAsync(args);
        if (cloud is null)
        {
            await errors.WriteLineAsync($"The simulator cannot start: {problem}");
            return 1;
        }

        await using (cloud)
        {
            Console.WriteLine($"Ring simulator: {cloud.BaseAddress.GetLeftPart(UriPartial.Authority)} (media: {cloud.MediaAddress.GetLeftPart(UriPartial.Authority)}, portal: {cloud.Settings.PortalUrl.GetLeftPart(UriPartial.Authority)})");
            await cloud.WaitForShutdownAsync();
            return 0;
        }
    }

    private static async Task<(RingCloud? Cloud, string Problem)> StartAsync(string[] args)
    {
        try
        {
            return (await RingCloud.StartAsync(Options(args)), "");
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            return (null, $"{taken.Message.TrimEnd('.')}. Stop the other program or set Simulator__Urls and Simulator__MediaUrl to other addresses.");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return (null, $"Its address or Simulator__DataPath cannot be used. {wrong.Message}");
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException or InvalidDataException)
        {
            return (null, wrong.Message.ReplaceLineEndings(" "));
        }
    }

    private static RingCloudOptions Options(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var options = configuration.GetSection(RingCloudOptions.Section).Get<RingCloudOptions>() ?? new();
        options.ConsoleLog = true;
        return options;
    }
}
