using System.Globalization;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>Another clock for a process: Debian's faketime, loaded into it. Timers keep real time, unless the clock runs faster.</summary>
internal static class FakeClock
{
    private const string Library = "libfaketimeMT.so.1";

    /// <summary>A clock that is ahead, or behind when negative.</summary>
    public static IReadOnlyDictionary<string, string> Shifted(TimeSpan by) => With(string.Create(CultureInfo.InvariantCulture, $"{by.TotalSeconds:+0;-0}s"));

    /// <summary>A clock that starts now and runs so many times as fast.</summary>
    public static IReadOnlyDictionary<string, string> Faster(int times) => With(string.Create(CultureInfo.InvariantCulture, $"+0 x{times}"));

    private static Dictionary<string, string> With(string spell) => new()
    {
        ["LD_PRELOAD"] = Find(),
        ["FAKETIME"] = spell,
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["DONT_FAKE_MONOTONIC"] = "1",
        ["FAKETIME_NO_CACHE"] = "1",
    };

    private static string Find() => new[] { "/usr/lib", "/usr/local/lib" }.Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, Library, new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })).FirstOrDefault()
        ?? throw new InvalidOperationException("faketime is not installed; eng/prove installs it as root, else: apt-get install faketime");
}
