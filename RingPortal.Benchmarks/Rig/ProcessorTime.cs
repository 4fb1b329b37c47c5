using System.Globalization;

namespace RingPortal.Benchmarks.Rig;

/// <summary>Processor time of a process and all its children so far: what a request costs, however busy the machine is with other things.</summary>
internal static class ProcessorTime
{
    /// <summary>Ticks of <c>/proc</c> are hundredths of a second on Linux.</summary>
    private const int TicksPerSecond = 100;

    public static TimeSpan Of(int processId)
    {
        var processes = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<Reading>()
            .ToList();
        var parents = processes.ToLookup(process => process.Parent);
        var ticks = processes.Where(process => process.Id == processId).Sum(process => Ticks(process, parents));
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    private static long Ticks(Reading process, ILookup<int, Reading> parents) => process.Ticks + parents[process.Id].Sum(child => Ticks(child, parents));

    private static Reading? Read(int processId)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            // After the name in parentheses: state, parent, ..., user, system, and both of children that have ended.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new(processId, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return null;
        }
    }

    private sealed record Reading(int Id, int Parent, long Ticks);
}
