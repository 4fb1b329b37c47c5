using System.Collections.Concurrent;
using System.Text.Json;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Browser;

/// <summary>
/// Keeps what axe-core found on each page, in <c>artifacts/axe</c>: the next build carries the file along, and the certification
/// page tells it. Pages that a run did not look at keep what was found before, with its date.
/// </summary>
public static class AxeRecord
{
    private static readonly ConcurrentDictionary<string, Page> s_seen = new(StringComparer.Ordinal);
    private static readonly string s_path = Path.Combine(Repository.Root, "artifacts", "axe", "axe-report.json");

    /// <summary>Two groups of browser tests write, and may end at one moment.</summary>
    private static readonly SemaphoreSlim s_writing = new(1, 1);

    /// <summary>Notes one look at a page.</summary>
    /// <param name="page">Its name among the pictures.</param>
    /// <param name="violations">Keys of the rules that it broke.</param>
    public static void Note(string page, IEnumerable<string> violations) => s_seen[page] = new Page(TimeProvider.System.GetUtcNow(), [.. violations]);

    /// <summary>Writes the file anew.</summary>
    public static async Task WriteAsync()
    {
        if (s_seen.IsEmpty)
        {
            return;
        }

        await s_writing.WaitAsync();
        try
        {
            await MergeAsync();
        }
        finally
        {
            s_writing.Release();
        }
    }

    private static async Task MergeAsync()
    {
        var pages = new SortedDictionary<string, Page>(StringComparer.Ordinal);
        if (File.Exists(s_path))
        {
            foreach (var (name, page) in JsonSerializer.Deserialize<Report>(await File.ReadAllTextAsync(s_path), JsonSerializerOptions.Web)?.Pages ?? [])
            {
                pages[name] = page;
            }
        }

        foreach (var (name, page) in s_seen)
        {
            pages[name] = page;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(s_path)!);
        await File.WriteAllTextAsync(s_path, JsonSerializer.Serialize(new Report(new Dictionary<string, Page>(pages)), JsonSerializerOptions.Web));
    }

    private sealed record Report(Dictionary<string, Page> Pages);

    private sealed record Page(DateTimeOffset At, IReadOnlyList<string> Violations);
}
