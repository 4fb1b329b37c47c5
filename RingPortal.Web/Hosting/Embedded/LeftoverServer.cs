using System.Diagnostics;
using System.Globalization;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>
/// What an earlier portal or a killed server left running or lying about. It is only used while the folder's lock is held,
/// so a server found here belongs to nobody.
/// </summary>
internal sealed class LeftoverServer(EmbeddedFolder folder, string clusterId)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>The process id in the server's own file; null when there is none that can be read.</summary>
    public static int? ReadProcessId(EmbeddedFolder folder) => ReadLines(folder) is [var first, ..] && int.TryParse(first, CultureInfo.InvariantCulture, out var pid) ? pid : null;

    /// <summary>Whether the server's file says that it takes connections.</summary>
    public static bool IsReady(EmbeddedFolder folder) => ReadLines(folder) is { Length: >= 8 } lines && lines[7].Trim() == "ready";

    /// <summary>
    /// Ends every process of this cluster and then removes the server's pid file. The file may name a process that is
    /// not ours (the number was given to another one) or that is dead and not reaped yet: neither is a reason to wait.
    /// A killed server's children must be gone before, because they still share its memory.
    /// </summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        var signal = OperatingSystemCalls.Interrupt;
        for (var round = 0; Processes() is { Count: > 0 } left; round++)
        {
            if (round % 100 == 0)
            {
                left.ForEach(pid => OperatingSystemCalls.Signal(pid, signal));
            }

            if (waited.Elapsed > s_patience)
            {
                signal = OperatingSystemCalls.Quit;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        File.Delete(folder.ServerPidFile);
    }

    private List<int> Processes() =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && IsOurs(pid))];

    private bool IsOurs(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/comm").Trim() == "postgres"
                && File.ReadAllText(EmbeddedFolder.MarkerSeenFrom(processId)) == clusterId;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, a zombie (it has no working folder), or another account's process: not ours in any case.
            return false;
        }
    }

    private static string[] ReadLines(EmbeddedFolder folder)
    {
        try
        {
            return File.ReadAllLines(folder.ServerPidFile);
        }
        catch (IOException)
        {
            return [];
        }
    }
}
