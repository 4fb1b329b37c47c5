namespace RingPortal.Benchmarks.Rig;

/// <summary>A folder that PostgreSQL's account can reach, for one run; gone afterwards.</summary>
internal static class TemporaryFolder
{
    public static async Task UseAsync(Func<string, Task> useAsync)
    {
        // Short, because a socket's address is limited.
        var folder = Directory.CreateTempSubdirectory("rpb").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)Convert.ToInt32("711", 8));
        }

        // Not in a finally: what stands there when a run fails may still be in use, and tells why.
        try
        {
            await useAsync(folder);
        }
        catch
        {
            await Console.Error.WriteLineAsync($"What the run left is in {folder}");
            throw;
        }

        Directory.Delete(folder, recursive: true);
    }
}
