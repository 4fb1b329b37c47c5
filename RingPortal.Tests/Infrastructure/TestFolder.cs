using System.Globalization;

namespace RingPortal.Tests.Infrastructure;

/// <summary>
/// A folder for one test that the account of PostgreSQL can reach; gone at the end. Its path is short, because a socket's
/// address is limited.
/// </summary>
public sealed class TestFolder : IDisposable
{
    /// <summary>Takes away what test processes left that were killed at their end.</summary>
    static TestFolder()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), "rp-*-????????").Where(IsLeft))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another test process is at it, or it is somebody else's.
                continue;
            }
        }
    }

    public TestFolder()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"rp-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
        Directory.CreateDirectory(Path);
        File.SetUnixFileMode(Path, (UnixFileMode)Convert.ToInt32("711", 8));
    }

    public string Path { get; }

    public string Inside(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Whether its process is gone, and no server that outlived it works there.</summary>
    private static bool IsLeft(string folder)
    {
        var server = System.IO.Path.Combine(folder, "pg", "data", "postmaster.pid");
        return int.TryParse(System.IO.Path.GetFileName(folder).Split('-')[1], CultureInfo.InvariantCulture, out var process) && !Runs(process)
            && !(File.Exists(server) && int.TryParse(File.ReadLines(server).FirstOrDefault(), CultureInfo.InvariantCulture, out var postgres) && Runs(postgres));
    }

    private static bool Runs(int process) => Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}"));

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
