namespace RingPortal.Web.Hosting.Embedded;

/// <summary>The server's log file, kept small: at a start that finds it too large it becomes the one older file.</summary>
internal static class ServerLog
{
    private const long LargestBytes = 5 * 1024 * 1024;

    private const int LastLines = 3;

    public static void Rotate(EmbeddedFolder folder)
    {
        if (new FileInfo(folder.Log) is { Exists: true, Length: > LargestBytes })
        {
            File.Move(folder.Log, folder.Log + ".old", overwrite: true);
        }
    }

    /// <summary>The end of the log on one line, for a sentence about a server that did not start.</summary>
    public static string End(EmbeddedFolder folder) =>
        File.Exists(folder.Log) ? string.Join(' ', File.ReadLines(folder.Log).TakeLast(LastLines).Select(line => line.Trim())) : "it wrote no log";
}
