namespace RingPortal.Tests.Infrastructure;

/// <summary>
/// A folder for one test that the account of PostgreSQL can reach; gone at the end. Its path is short, because a socket's
/// address is limited.
/// </summary>
public sealed class TestFolder : IDisposable
{
    public TestFolder()
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"rp-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");
        Directory.CreateDirectory(Path);
        File.SetUnixFileMode(Path, (UnixFileMode)Convert.ToInt32("711", 8));
    }

    public string Path { get; }

    public string Inside(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
