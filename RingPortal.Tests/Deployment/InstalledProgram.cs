using System.Diagnostics;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Deployment;

/// <summary>A program of the machine that tests of <c>deploy/</c> need; test.sh installs it.</summary>
internal static class InstalledProgram
{
    /// <summary>Its path; a test fails with the step that mends it when the program is not there.</summary>
    public static string Find(string name, string package)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.True(path is not null, $"{name} is not installed. Install it (Debian, Ubuntu: apt-get install {package}) and run this again.");
        return path;
    }

    /// <summary>Runs it to its end; fails with what it said unless it ended well.</summary>
    public static async Task<string> RunAsync(string path, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60) * Eventually.Patience);
        var said = await output + await errors;
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(path)} {string.Join(' ', arguments)}: {said}");
        return said;
    }
}
