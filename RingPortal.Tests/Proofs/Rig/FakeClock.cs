using System.Globalization;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>Another clock for processes: Debian's faketime, loaded into them. What they wait for keeps real time.</summary>
internal static class FakeClock
{
    private const string Library = "libfaketimeMT.so.1";

    /// <summary>A clock that is ahead, or behind when negative.</summary>
    public static IReadOnlyDictionary<string, string> Shifted(TimeSpan by) => With("FAKETIME", Spell(by));

    public static Dictionary<string, string> With(string key, string value) => new()
    {
        [key] = value,
        ["LD_PRELOAD"] = Find(),
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["DONT_FAKE_MONOTONIC"] = "1",
        // Without it waits on conditions end at once.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };

    public static string Spell(TimeSpan by) => string.Create(CultureInfo.InvariantCulture, $"{by.TotalSeconds:+0.000;-0.000}s");

    private static string Find() => new[] { "/usr/lib", "/usr/local/lib" }.Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, Library, new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })).FirstOrDefault()
        ?? throw new InvalidOperationException("faketime is not installed; eng/prove installs it as root, else: apt-get install faketime");
}

/// <summary>One clock for all processes of a proof that the proof puts forward: hours pass in minutes, step by step.</summary>
internal sealed class SteeredClock : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _file;
    private TimeSpan _ahead;

    public SteeredClock()
    {
        _file = _folder.Inside("clock");
        Write();
        Environment = new Dictionary<string, string>(FakeClock.With("FAKETIME_TIMESTAMP_FILE", _file)) { ["FAKETIME_CACHE_DURATION"] = "1" };
    }

    /// <summary>Variables of the processes that live by it; they look at it each second.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public void Advance(TimeSpan by)
    {
        _ahead += by;
        Write();
    }

    /// <summary>To the begin of the next minute; answers with it (UTC).</summary>
    public DateTime NextMinute()
    {
        var now = DateTime.UtcNow + _ahead;
        var next = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Utc).AddMinutes(1);
        Advance(next - now);
        return next;
    }

    public void Dispose() => _folder.Dispose();

    private void Write()
    {
        // Renamed into place: nobody reads half a line.
        File.WriteAllText(_file + ".new", FakeClock.Spell(_ahead) + "\n");
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
