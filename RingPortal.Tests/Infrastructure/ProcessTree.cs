using System.Globalization;
using RingPortal.Web.Hosting.Embedded;

namespace RingPortal.Tests.Infrastructure;

/// <summary>What the system knows about running processes; a dead one that is not reaped yet does not count.</summary>
public static class ProcessTree
{
    public static bool IsRunning(int processId) => Status(processId) is { } fields && fields[0] is not ("Z" or "X");

    public static int ParentOf(int processId) => int.Parse(Status(processId)![1], CultureInfo.InvariantCulture);

    /// <summary>Processes whose parent it is, dead ones left out.</summary>
    public static IReadOnlyList<int> ChildrenOf(int processId)
    {
        var parent = processId.ToString(CultureInfo.InvariantCulture);
        return [.. Processes().Where(candidate => Status(candidate) is { } fields && fields[1] == parent && fields[0] is not ("Z" or "X"))];
    }

    /// <summary>Whether it is held by SIGSTOP.</summary>
    public static bool IsFrozen(int processId) => Status(processId) is ["T", ..];

    /// <summary>Memory of a process that is in use now (bytes).</summary>
    public static long ResidentBytes(int processId) => 1024 * long.Parse(
        File.ReadLines($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/status")
            .Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    /// <summary>How many PostgreSQL servers (not their workers, nor their guards) run on a cluster's folder.</summary>
    public static int ServersOn(string root) => Servers(root).Count();

    /// <summary>The one server on a cluster's folder.</summary>
    public static int ServerOn(string root) => Servers(root).Single();

    /// <summary>Number of the user that a process runs as.</summary>
    public static string OwnerOf(int processId) => File.ReadLines($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/status")
        .Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];

    private static IEnumerable<int> Processes() => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var processId) ? processId : 0)
        .Where(processId => processId > 0);

    private static IEnumerable<int> Servers(string root)
    {
        var alike = Processes()
            .Where(processId => CommandLine(processId) is var command
                && command.Contains($"/postgres -D {root}/data ", StringComparison.Ordinal)
                && !command.Contains("postgres-guard", StringComparison.Ordinal))
            .ToList();
        // A worker that was just made still bears the name of its server, and may be gone already.
        return alike.Where(processId => Status(processId) is [_, var parent, ..] && !alike.Contains(int.Parse(parent, CultureInfo.InvariantCulture)));
    }

    /// <summary>State and parent, the fields after the name in parentheses.</summary>
    private static string[]? Status(int processId)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string CommandLine(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }
}

/// <summary>Signals to processes that a test started itself, each by its id; one that is gone already is no error.</summary>
public static class Signals
{
    /// <summary>SIGQUIT.</summary>
    public static void Quit(int processId) => OperatingSystemCalls.Signal(processId, OperatingSystemCalls.Quit);

    /// <summary>SIGKILL.</summary>
    public static void Kill(int processId) => OperatingSystemCalls.Signal(processId, 9);

    /// <summary>SIGTERM.</summary>
    public static void Terminate(int processId) => OperatingSystemCalls.Signal(processId, 15);

    /// <summary>SIGSTOP: the process stays as it is and does nothing.</summary>
    public static void Freeze(int processId) => OperatingSystemCalls.Signal(processId, 19);

    /// <summary>SIGCONT.</summary>
    public static void Thaw(int processId) => OperatingSystemCalls.Signal(processId, 18);
}
