using System.Diagnostics;
using System.Globalization;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>
/// Ends what proofs started when the test process itself dies, in whatever way: a shell holds the list of processes and
/// waits for the end of its input. A number that was given to another process meanwhile is told by its start time.
/// </summary>
internal static class ChildGuard
{
    private const string Script = """
        list=
        while read -r line; do list="$list $line"; done
        for entry in $list; do
          pid=${entry%%:*}
          [ "$(cut -d' ' -f22 "/proc/$pid/stat" 2>/dev/null)" = "${entry#*:}" ] && kill -KILL "$pid"
        done
        """;

    private static readonly Lazy<StreamWriter> s_list = new(Start);

    /// <summary>Takes a running process into its care; one that is gone already needs none.</summary>
    public static void Watch(int processId)
    {
        if (StartTime(processId) is { } started)
        {
            lock (s_list)
            {
                s_list.Value.Write(string.Create(CultureInfo.InvariantCulture, $"{processId}:{started}\n"));
            }
        }
    }

    private static string? StartTime(int processId)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat")).Split(' ')[21];
        }
        catch (IOException)
        {
            return null;
        }
    }

    // setsid: a terminal's Ctrl-C must not end the guard before those it guards.
    private static StreamWriter Start()
    {
        var shell = Process.Start(new ProcessStartInfo("setsid", ["/bin/sh", "-c", Script]) { RedirectStandardInput = true, WorkingDirectory = "/" })!;
        shell.StandardInput.AutoFlush = true;
        return shell.StandardInput;
    }
}
